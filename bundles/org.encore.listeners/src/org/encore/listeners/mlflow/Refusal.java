package org.encore.listeners.mlflow;

import java.io.IOException;

/** A request that will be refused however often it is repeated. */
final class Refusal extends IOException {

    private static final long serialVersionUID = 1;

    private final String code;
    private final boolean total;

    /** @param total whether every other request will be refused as well */
    Refusal(String message, boolean total) {
        this(message, "", total);
    }

    /** @param code MLflow's name of the error */
    Refusal(String message, String code, boolean total) {
        super(message);
        this.code = code;
        this.total = total;
    }

    boolean total() {
        return total;
    }

    /** Whether it is this error. */
    boolean says(String error) {
        return code.equals(error);
    }
}
