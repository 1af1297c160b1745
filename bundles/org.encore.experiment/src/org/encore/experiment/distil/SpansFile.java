package org.encore.experiment.distil;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.encore.api.run.StageContext;
import org.encore.api.task.TaskData;
import org.encore.api.task.Tokenizer;
import org.encore.distill.CommonSpans;
import org.encore.experiment.result.RecordFile;

/**
 * {@code spans.json}: beside what a teacher with a tokenizer of its own said, how its tokens and the students' cut the first targets of the development set.
 *
 * @param development by example
 */
record SpansFile(List<List<CommonSpans.Shown>> development) {

    private static final String FILE = "spans.json";

    SpansFile {
        development = List.copyOf(development);
    }

    static SpansFile of(Tokenizer teacher, StageContext context) {
        List<TaskData.Example> examples = context.data().development();
        return new SpansFile(examples.subList(0, Math.min(Specimens.AMONG, examples.size())).stream().map(example -> {
            int[] ids = context.tokenizer().encodeTarget(example.references().getFirst());
            // as the teacher is asked: the text of the students' tokens
            return CommonSpans.shown(context.tokenizer(), ids, teacher, teacher.encodeTarget(context.tokenizer().decodeTarget(ids)));
        }).toList());
    }

    /** What the stage {@code teacher-cache} left; empty if the teacher reads with the students' tokenizer. */
    static Optional<SpansFile> read(Path cache) throws IOException {
        return RecordFile.read(cache.resolve(FILE), SpansFile.class);
    }

    void write(Path folder) throws IOException {
        RecordFile.write(folder.resolve(FILE), this);
    }
}
