package org.encore.listeners.tests;

import java.nio.file.Path;
import java.util.regex.Pattern;

import com.google.gson.JsonObject;

/** What MLflow refuses (mlflow/utils/validation.py, 2.17, with the length of parameters that servers before 2023 had). */
final class TrackingRules {

    private static final Pattern NAME = Pattern.compile("[/\\w.\\- ]{1,250}");

    private TrackingRules() {}

    /** An answer that is no success. */
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1;
        final int status;
        final String code;

        Wrong(int status, String code, String message) {
            super(message);
            this.status = status;
            this.code = code;
        }
    }

    static String name(JsonObject pair) {
        String key = pair.get("key").getAsString();
        check(NAME.matcher(key).matches(), "Invalid name: '" + key + "'");
        check(Path.of(key).normalize().toString().equals(key) && !key.startsWith("/") && !key.startsWith(".."), "not a unique path: '" + key + "'");
        return key;
    }

    static String value(JsonObject pair, int longest) {
        String value = pair.get("value").getAsString();
        check(value.length() <= longest, "had length " + value.length() + ", which exceeded length limit of " + longest);
        return value;
    }

    static void check(boolean right, String otherwise) {
        if (!right) {
            throw new Wrong(400, "INVALID_PARAMETER_VALUE", otherwise);
        }
    }
}
