package org.encore.api.option;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Documents one component of an options record and gives its default. {@code encore explain}, completion and the experiment reader all read
 * it. A component without it is required, or, if its type is itself an options record, built from that record's defaults.
 *
 * <p>It is allowed on methods only so that compilers repeat it on a record's accessors: tools that write manifests (bnd) look for annotations there
 * and not at record components. Where a bundle does not import this package, the platform sees none of its options.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.METHOD})
public @interface Option {

    /** The default as one would write it in YAML, such as {@code 3M} or {@code [1, 2]}; empty means required. */
    String value() default "";

    /** One sentence: what it is. */
    String help();

    /** Unit of the number, such as {@code tokens} or {@code ms}; empty for none. */
    String unit() default "";
}
