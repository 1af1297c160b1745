package org.encore.api;

/** Whether something can be used on this machine: tried, not assumed. */
public sealed interface Availability {

    /** @param description what runs, with version, such as {@code ONNX Runtime 1.29.0, CPU} */
    record Present(String description) implements Availability {}

    /**
     * @param reason what is missing
     * @param remedy how to get it
     */
    record Missing(String reason, String remedy) implements Availability {}

    /** In words. */
    default String words() {
        return switch (this) {
            case Present present -> present.description();
            case Missing missing -> missing.reason() + ". " + missing.remedy();
        };
    }
}
