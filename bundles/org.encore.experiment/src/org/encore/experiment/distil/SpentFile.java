package org.encore.experiment.distil;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

import org.encore.api.Counted;
import org.encore.api.run.Event;
import org.encore.api.run.StageContext;
import org.encore.api.teachers.Spent;
import org.encore.experiment.result.RecordFile;

/** {@code spent.json}: what a teacher that counts took, beside its answers. */
public final class SpentFile {

    private static final String NAME = "spent.json";

    private SpentFile() {}

    /**
     * What the teacher of a result took; nothing if it counts nothing.
     *
     * @param folder of a stage that asks a teacher
     */
    public static Spent read(Path folder) throws IOException {
        return RecordFile.read(folder.resolve(NAME), Spent.class).orElse(Spent.NOTHING);
    }

    /** Writes and tells it, unless the teacher counts nothing. */
    static void write(Spent spent, StageContext context) throws IOException {
        if (spent.equals(Spent.NOTHING)) {
            return;
        }
        RecordFile.write(context.output().resolve(NAME), spent);
        context.emit(new Event.Message("info", String.format(Locale.ROOT, "teacher: %s, %s read, %,d written%s",
                Counted.of(spent.requests(), "request"), Counted.of(spent.promptTokens(), "token"), spent.completionTokens(),
                spent.cost() == 0 ? "" : String.format(Locale.ROOT, ", cost %.4f", spent.cost()))));
    }
}
