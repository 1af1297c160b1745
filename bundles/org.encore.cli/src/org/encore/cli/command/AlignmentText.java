package org.encore.cli.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.encore.api.extension.Registry;
import org.encore.api.task.TaskData.Example;
import org.encore.api.task.Tokenizer;
import org.encore.api.teachers.Scoring;
import org.encore.distill.Alignment;
import org.encore.distill.ChosenTeacher;
import org.encore.distill.CommonSpans;
import org.encore.experiment.Experiment;
import org.encore.experiment.distil.TeacherCacheOptions;
import org.encore.experiment.matrix.CellSpec;
import org.encore.experiment.plan.Corpora;
import org.encore.experiment.plan.Corpus;

/** Prints, token by token, where a teacher meets a student. */
final class AlignmentText {

    private AlignmentText() {}

    /** @param count examples of the development set to show */
    static void print(Experiment experiment, Corpora corpora, Registry registry, int count, PrintWriter out) {
        CellSpec spec = experiment.cells().getFirst();
        Optional<Tokenizer> teacher = Optional.ofNullable(spec.stages().get("teacher-cache"))
                .flatMap(stage -> stage.options() instanceof TeacherCacheOptions options ? ChosenTeacher.of(options.teacher()).tokenizer(registry) : Optional.empty());
        Corpus corpus = corpora.corpus(spec.task(), spec.tokenizer());
        List<Example> examples = corpus.data().development();
        for (Example example : examples.subList(0, Math.min(count, examples.size()))) {
            out.println("\"" + example.source() + "\" -> \"" + example.references().getFirst() + "\"");
            teacher.ifPresentOrElse(other -> spans(example, corpus.tokenizer(), other, out), () -> rows(example, corpus.tokenizer(), out));
            out.println();
        }
        if (teacher.isPresent()) {
            out.println("The teacher reads with a tokenizer of its own. Where a span of text begins that both write, distributions are compared rank by rank (objective span-uld),");
            out.println("each times the probability of the further tokens of the span. Positions count from the first of the target.");
            return;
        }
        out.println("At each position teacher and student have read the source, the start token and the same target tokens, and both say what comes next.");
        out.println("A teacher with source and target in one row is at the position in the fourth column; one with an encoder at that in the fifth.");
    }

    private static void spans(Example example, Tokenizer students, Tokenizer teacher, PrintWriter out) {
        int[] ids = students.encodeTarget(example.references().getFirst());
        var rows = new ArrayList<>(List.of(CommonSpans.TITLES));
        CommonSpans.shown(students, ids, teacher, teacher.encodeTarget(students.decodeTarget(ids))).forEach(shown -> rows.add(shown.line()));
        Columns.print(rows, out);
    }

    private static void rows(Example example, Tokenizer tokenizer, PrintWriter out) {
        var row = new Scoring.Row(tokenizer.encodeSource(example.source()), tokenizer.encodeTarget(example.references().getFirst()));
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("position", "student reads", "both are about", "teacher in one row", "teacher's decoder"));
        Alignment.shown(row, tokenizer).forEach(shown -> rows.add(List.of(Integer.toString(shown.position()), shown.reads(), shown.about(),
                Integer.toString(shown.inOneRow()), Integer.toString(shown.inDecoder()))));
        Columns.print(rows, out);
    }
}
