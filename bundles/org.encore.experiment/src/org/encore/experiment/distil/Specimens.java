package org.encore.experiment.distil;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.encore.api.inference.Backend;
import org.encore.api.inference.ChosenBackend;
import org.encore.api.option.Choice;
import org.encore.api.run.StageContext;
import org.encore.api.task.TaskData.Example;
import org.encore.api.teachers.Scoring;
import org.encore.api.training.Guidance;
import org.encore.api.weights.Weights;
import org.encore.distill.Alignment;
import org.encore.distill.CommonSpans;
import org.encore.distill.ModelScores;
import org.encore.distill.cache.CacheFile;

/**
 * The examples at which a student is shown token by token. Among the first of the development set they are that at which the teacher is surest, that in the middle, and
 * that at which it is least sure: a choice of the teacher's alone, so all its students are shown at the same.
 */
final class Specimens {

    /** Examples that are chosen from. */
    static final int AMONG = 64;
    /** Of a long target the beginning is shown. */
    private static final int MOST_POSITIONS = 48;

    private final StageContext context;
    private final CacheFile cache;
    private final TaughtRows taught;
    private final int[] chosen;
    private final Optional<SpansFile> spans;

    /** @param folder of the cache */
    Specimens(StageContext context, Path folder, CacheFile cache, TaughtRows taught) throws IOException {
        this.spans = SpansFile.read(folder);
        this.context = context;
        this.cache = cache;
        this.taught = taught;
        this.chosen = chosen();
    }

    private int[] chosen() {
        int among = Math.min(AMONG, context.data().development().size());
        List<Integer> surest = IntStream.range(0, among).boxed().sorted(Comparator.comparingDouble(this::entropy)).toList();
        return among == 0 ? new int[0] : IntStream.of(0, among / 2, among - 1).distinct().map(surest::get).toArray();
    }

    /** Mean entropy of the teacher at an example's positions. */
    private double entropy(int example) {
        Guidance.Top said = said(example);
        return IntStream.range(0, said.tail().length).filter(said::begins).mapToDouble(position -> Agreement.At.entropy(said, position)).average().orElse(0);
    }

    private Scoring.Row row(int example) {
        return taught.rows().get(taught.development(example));
    }

    private Guidance.Top said(int example) {
        return cache.read(new int[] {taught.development(example)}, row(example).positions());
    }

    /**
     * The student at them.
     *
     * @param before weights that distillation began with, if somebody had trained them
     * @param after weights that it left
     */
    TokenByToken of(Optional<Weights> before, Weights after, Choice<Backend<?>> backend) {
        Optional<List<Guidance.Top>> began = before.map(weights -> score(weights, backend));
        List<Guidance.Top> ended = score(after, backend);
        var shown = new ArrayList<TokenByToken.Example>();
        for (int i = 0; i < chosen.length; i++) {
            Guidance.Top teacher = said(chosen[i]);
            List<Alignment.Shown> meetings = Alignment.shown(row(chosen[i]), context.tokenizer());
            var positions = new ArrayList<TokenByToken.Position>();
            for (int position = 0; position < Math.min(MOST_POSITIONS, meetings.size()); position++) {
                double first = began.isEmpty() ? Double.NaN : apart(chosen[i], teacher, began.get().get(i), position);
                double entropy = teacher.begins(position) ? Agreement.At.entropy(teacher, position) : Double.NaN;
                positions.add(new TokenByToken.Position(meetings.get(position), entropy, first, apart(chosen[i], teacher, ended.get(i), position)));
            }
            Example example = context.data().development().get(chosen[i]);
            shown.add(new TokenByToken.Example(example.source(), example.references().getFirst(), positions, meetings.size() - positions.size(), spansOf(chosen[i])));
        }
        return new TokenByToken(shown);
    }

    private List<CommonSpans.Shown> spansOf(int example) {
        return spans.map(file -> file.development().get(example)).orElse(List.of());
    }

    private double apart(int example, Guidance.Top teacher, Guidance.Top student, int position) {
        if (!teacher.begins(position)) {
            return Double.NaN;
        }
        return spans.isEmpty() ? Agreement.At.of(teacher, student, position, context.tokenizer().size()).forwardKl() : byRanks(example, teacher, student, position);
    }

    /** Over the span that begins there; the student's tokens are the whole vocabulary, the likeliest first. */
    private double byRanks(int example, Guidance.Top teacher, Guidance.Top student, int position) {
        int[] target = row(example).target();
        double rest = 0;
        for (int further = position + 1; further <= target.length && !teacher.begins(further); further++) {
            int token = further == target.length ? context.tokenizer().endToken() : target[further];
            for (int i = further * student.k(); i < (further + 1) * student.k(); i++) {
                rest += student.tokens()[i] == token ? student.logProbabilities()[i] : 0;
            }
        }
        double distance = 0;
        double others = 1;
        for (int rank = 0; rank < teacher.k(); rank++) {
            double q = Math.exp(student.logProbabilities()[position * student.k() + rank]);
            distance += Math.abs(Math.exp(teacher.logProbabilities()[position * teacher.k() + rank]) - q * Math.exp(rest));
            others -= q;
        }
        return distance + Math.abs(teacher.tail()[position] - Math.max(0, others) * Math.exp(rest));
    }

    private List<Guidance.Top> score(Weights weights, Choice<Backend<?>> backend) {
        int vocabulary = context.tokenizer().size();
        StageContext.Variant variant = context.variant();
        try (var student = new ModelScores(variant.cell(), "", ChosenBackend.of(backend).sharing().load(variant.model(), weights), vocabulary, Math.max(1, chosen.length))) {
            return student.score(IntStream.of(chosen).mapToObj(this::row).toList(), vocabulary, cache.header().identity().temperature());
        }
    }
}
