package org.encore.serve;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;

import org.jspecify.annotations.Nullable;

/** Why a request is not answered, as OpenAI's servers say it. */
final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String type;
    private final @Nullable String param;
    private final @Nullable String code;

    private Problem(int status, String type, String message, @Nullable String param, @Nullable String code) {
        super(message);
        this.status = status;
        this.type = type;
        this.param = param;
        this.code = code;
    }

    /** A field of the request is wrong. */
    static Problem wrong(String field, String message) {
        return new Problem(400, "invalid_request_error", message, field, null);
    }

    /** The request is wrong as a whole. */
    static Problem request(int status, String message, @Nullable String code) {
        return new Problem(status, "invalid_request_error", message, null, code);
    }

    static Problem noModel(String message) {
        return new Problem(404, "invalid_request_error", message, "model", "model_not_found");
    }

    static Problem tooLong(String field, String message) {
        return new Problem(400, "invalid_request_error", message, field, "context_length_exceeded");
    }

    static Problem noKey(String message) {
        return new Problem(401, "authentication_error", message, null, "invalid_api_key");
    }

    /** Nothing is wrong with the request. */
    static Problem ours(int status, String message) {
        return new Problem(status, "server_error", message, null, null);
    }

    int status() {
        return status;
    }

    JsonObject json() {
        var error = new JsonObject();
        error.addProperty("message", getMessage());
        error.addProperty("type", type);
        error.add("param", param == null ? JsonNull.INSTANCE : new com.google.gson.JsonPrimitive(param));
        error.add("code", code == null ? JsonNull.INSTANCE : new com.google.gson.JsonPrimitive(code));
        var whole = new JsonObject();
        whole.add("error", error);
        return whole;
    }
}
