package org.encore.experiment.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.encore.experiment.run.RecordFields;
import org.encore.experiment.run.WholeFile;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.ToNumberPolicy;

/**
 * Records kept as JSON. A file that was damaged, or comes from elsewhere, is refused by the field that is wrong.
 */
public final class RecordFile {

    /** Numbers of options are read as whole numbers where they are, because options are written as YAML again. */
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeSpecialFloatingPointValues()
            .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE).create();

    private RecordFile() {}

    /** Writes a record; the file appears whole or not at all. */
    public static void write(Path file, Record record) throws IOException {
        WholeFile.write(file, GSON.toJson(record));
    }

    /**
     * Reads a record; empty if there is no such file.
     *
     * @param younger fields that files of older versions do not have
     * @throws IOException if a field is missing or is something else; the message names file and field, and says what to do
     */
    public static <T extends Record> Optional<T> read(Path file, Class<T> type, String... younger) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String text = WholeFile.text(file);
        try {
            JsonElement json = JsonParser.parseString(text);
            Optional<String> wrong = RecordFields.wrong(json, type, younger);
            if (wrong.isPresent()) {
                throw WholeFile.damaged(file, wrong.get());
            }
            return Optional.of(GSON.fromJson(json, type));
        } catch (StackOverflowError e) {
            throw WholeFile.damaged(file, "it is nested too deeply");
        } catch (RuntimeException e) {
            // the library's own, and what constructors of records say
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw WholeFile.damaged(file, String.valueOf(cause.getMessage()).lines().findFirst().orElse("not JSON"));
        }
    }
}
