package org.encore.experiment.distil;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;

import org.encore.api.run.Event;
import org.encore.api.run.StageContext;
import org.encore.api.teachers.Spent;

import com.google.gson.GsonBuilder;

/** {@code spent.json}: what a teacher that counts took, beside its answers. */
final class SpentFile {

    private static final String NAME = "spent.json";

    private SpentFile() {}

    /** Writes and tells it, unless the teacher counts nothing. */
    static void write(Spent spent, StageContext context) throws IOException {
        if (spent.equals(Spent.NOTHING)) {
            return;
        }
        Files.writeString(context.output().resolve(NAME), new GsonBuilder().setPrettyPrinting().create().toJson(spent));
        context.emit(new Event.Message("info", String.format(Locale.ROOT, "teacher: %,d requests, %,d tokens read, %,d written%s", spent.requests(), spent.promptTokens(),
                spent.completionTokens(), spent.cost() == 0 ? "" : String.format(Locale.ROOT, ", cost %.4f", spent.cost()))));
    }
}
