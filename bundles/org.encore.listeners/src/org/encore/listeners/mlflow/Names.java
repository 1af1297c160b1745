package org.encore.listeners.mlflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names and texts as every MLflow server takes them ({@code mlflow/utils/validation.py}). */
final class Names {

    private static final int KEY = 250;
    /** 6000 for servers of 2023 and later. */
    private static final int PARAMETER = 500;
    private static final int TAG = 5000;

    private Names() {}

    /** A series: letters, digits, and {@code _-. /}; as a path it has no empty, {@code .} or {@code ..} part. */
    static String metric(String series) {
        var parts = new ArrayList<String>();
        for (String part : series.split("/")) {
            parts.add(part(part));
        }
        return cut(String.join("/", parts), KEY);
    }

    /** A parameter or tag; it has no slash, because in a folder it is a file beside others. */
    static String key(String name) {
        return cut(part(name.replace('/', '_')), KEY);
    }

    private static String part(String part) {
        String valid = part.replaceAll("[^A-Za-z0-9_. -]", "_");
        return valid.isEmpty() || valid.equals(".") || valid.equals("..") ? "_" : valid;
    }

    /** Parameters with valid keys and values. */
    static Map<String, String> parameters(Map<String, String> given) {
        return valid(given, PARAMETER);
    }

    static Map<String, String> tags(Map<String, String> given) {
        return valid(given, TAG);
    }

    private static Map<String, String> valid(Map<String, String> given, int length) {
        var valid = new LinkedHashMap<String, String>();
        given.forEach((name, value) -> valid.put(key(name), cut(value, length)));
        return valid;
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + (length == KEY ? "_" : "…");
    }

    /** A list in parts of limited size. */
    static <T> List<List<T>> parts(List<T> all, int size) {
        var parts = new ArrayList<List<T>>();
        for (int from = 0; from < all.size(); from += size) {
            parts.add(all.subList(from, Math.min(all.size(), from + size)));
        }
        return parts;
    }
}
