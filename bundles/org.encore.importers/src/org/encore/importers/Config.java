package org.encore.importers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

/** A file of JSON, asked for what it must have. */
final class Config {

    private final Path file;
    private final JsonObject values;

    private Config(Path file, JsonObject values) {
        this.file = file;
        this.values = values;
    }

    static Config read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("there is no " + file.getFileName() + " in " + file.getParent() + ". Name the folder of a model.");
        }
        try {
            return new Config(file, JsonParser.parseString(Files.readString(file)).getAsJsonObject());
        } catch (JsonParseException | IllegalStateException e) {
            throw new IOException(file + " is no JSON object: " + e.getMessage(), e);
        }
    }

    Path file() {
        return file;
    }

    /** A part that is a description of its own. */
    Config inside(String name) throws IOException {
        return new Config(file, object(name));
    }

    /** Empty if it is left out. */
    List<String> texts(String name) throws IOException {
        if (value(name).isEmpty()) {
            return List.of();
        }
        if (value(name).get() instanceof JsonArray texts && texts.asList().stream().allMatch(JsonElement::isJsonPrimitive)) {
            return texts.asList().stream().map(JsonElement::getAsString).toList();
        }
        throw new IOException(file + ": " + name + " is no list of words");
    }

    private Optional<JsonElement> value(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isJsonNull());
    }

    JsonObject object(String name) throws IOException {
        if (value(name).orElse(null) instanceof JsonObject object) {
            return object;
        }
        throw new IOException(file + " has no " + name);
    }

    /** @param otherwise if it is left out; -1 if it must be there */
    int whole(String name, int otherwise) throws IOException {
        double number = real(name, otherwise);
        if (number != Math.rint(number) || number < 0 || number > Integer.MAX_VALUE) {
            throw new IOException(file + ": " + name + " is missing or no whole number");
        }
        return (int) number;
    }

    /** A whole number, or the first of several. */
    int first(String name, int otherwise) throws IOException {
        if (value(name).orElse(null) instanceof JsonArray several && !several.isEmpty() && several.get(0).isJsonPrimitive()) {
            return several.get(0).getAsInt();
        }
        return whole(name, otherwise);
    }

    double real(String name, double otherwise) throws IOException {
        try {
            return value(name).map(JsonElement::getAsDouble).orElse(otherwise);
        } catch (NumberFormatException | UnsupportedOperationException | IllegalStateException e) {
            throw new IOException(file + ": " + name + " is no number", e);
        }
    }

    boolean truth(String name, boolean otherwise) {
        return value(name).map(JsonElement::getAsBoolean).orElse(otherwise);
    }

    String text(String name, String otherwise) {
        return value(name).map(JsonElement::getAsString).orElse(otherwise);
    }

    void require(String name, String... wanted) {
        String given = text(name, wanted[0]);
        if (!List.of(wanted).contains(given)) {
            throw new IllegalArgumentException(file + ": " + name + " is " + given + ", and only " + String.join(" or ", wanted)
                    + " is read here. See encore list importers.");
        }
    }

    /** @param architecture what the model would be here */
    void refuse(String name, String architecture) {
        value(name).filter(value -> !value.toString().equals("false")).ifPresent(value -> {
            throw new IllegalArgumentException(file + ": " + name + " is " + value + ", which " + architecture + " does not have");
        });
    }
}
