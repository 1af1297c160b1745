package org.encore.api.extension;

/**
 * One contribution as declared, before its class is loaded.
 *
 * @param id as people write it
 * @param name for people
 * @param description one sentence
 * @param bundle that contributes
 * @param version of that bundle
 * @param create makes the object; throws whatever the bundle's class loading throws
 */
public record Declaration(String id, String name, String description, String bundle, String version, Creation create) {

    /** Makes the contributed object. */
    @FunctionalInterface
    public interface Creation {
        Object create() throws Exception;
    }

    /** Where declarations come from. */
    @FunctionalInterface
    public interface Source {
        /** All declarations of a point; those of unreadable bundles are left out. */
        java.util.List<Declaration> declared(ExtensionPoint<?> point);
    }
}
