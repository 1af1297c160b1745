package org.encore.api.extension;

import org.jspecify.annotations.Nullable;

/**
 * Something contributed, created when first needed.
 *
 * @param <T> what its extension point asks for
 */
public final class Contribution<T> {

    private final ExtensionPoint<T> point;
    private final Declaration declaration;
    private @Nullable T object;

    Contribution(ExtensionPoint<T> point, Declaration declaration) {
        this.point = point;
        this.declaration = declaration;
    }

    public ExtensionPoint<T> point() {
        return point;
    }

    public String id() {
        return declaration.id();
    }

    public String name() {
        return declaration.name();
    }

    /** One sentence. */
    public String description() {
        return declaration.description();
    }

    /** Name of the bundle it comes from. */
    public String bundle() {
        return declaration.bundle();
    }

    /** Version of that bundle. */
    public String version() {
        return declaration.version();
    }

    /**
     * The object; the same one each time.
     *
     * @throws BrokenContribution if its class cannot be loaded, made or used here; the message names bundle and id
     */
    @SuppressWarnings("unchecked")
    public synchronized T get() {
        if (object == null) {
            object = (T) create();
        }
        return object;
    }

    private Object create() {
        Object made;
        try {
            made = declaration.create().create();
        } catch (Exception | LinkageError e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw new BrokenContribution(this + " cannot be created: " + reason(cause) + ". Update or remove the bundle.", e);
        }
        if (!point.type().isInstance(made)) {
            throw new BrokenContribution(this + " is a " + made.getClass().getName() + ", which does not implement " + point.type().getName(), null);
        }
        return made;
    }

    private static String reason(Throwable cause) {
        String said = cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
        return switch (cause) {
            case UnsupportedClassVersionError compiled -> "it was compiled for a newer Java than this, " + Runtime.version().feature() + " (" + said + ")";
            case IncompatibleClassChangeError changed -> "it was compiled against another version of Encore's API (" + said + ")";
            case NoClassDefFoundError missing -> "a class that it uses is missing: " + String.valueOf(missing.getMessage()).replace('/', '.');
            // the framework adds in which bundle it looked, which is this one
            case ClassNotFoundException missing -> "there is no class " + String.valueOf(missing.getMessage())
                    .replaceAll(" cannot be found by .*", "");
            default -> said;
        };
    }

    /** {@code architecture 'decoder-only' of bundle org.encore.architectures 0.1.0}. */
    @Override
    public String toString() {
        return point.kind() + " '" + id() + "' of bundle " + bundle() + " " + version();
    }

    /** A contribution that does not work: what, of which bundle, why. */
    public static final class BrokenContribution extends RuntimeException {
        private static final long serialVersionUID = 1;

        BrokenContribution(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
