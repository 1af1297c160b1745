package org.encore.api.option;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;

import org.encore.api.extension.ExtensionPoint;

/** Types of components of option records. */
final class Types {

    private Types() {}

    static Class<?> raw(Type type) {
        return type instanceof ParameterizedType parameterized ? (Class<?>) parameterized.getRawType() : (Class<?>) type;
    }

    static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }

    /** The point whose contributions are of a type. */
    @SuppressWarnings("unchecked")
    static ExtensionPoint<Configurable<?>> point(Class<?> type) {
        return (ExtensionPoint<Configurable<?>>) ExtensionPoint.ALL.stream().filter(point -> point.type() == type).findFirst()
                .orElseThrow(() -> new IllegalStateException("no extension point contributes " + type.getName()));
    }

    /** The records of a sealed interface, as people write them. */
    static List<String> variants(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses()).map(c -> Scalars.kebab(c.getSimpleName())).toList();
    }
}
