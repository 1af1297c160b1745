package org.encore.experiment.distil;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.encore.api.architecture.TargetStates;
import org.encore.api.inference.HiddenStates;
import org.encore.api.option.Choice;
import org.encore.api.run.StageContext;
import org.encore.api.teachers.Scoring;
import org.encore.api.teachers.TeacherSession;
import org.encore.api.training.Batch;
import org.encore.api.training.Objective;
import org.encore.api.weights.Weights;
import org.encore.distill.ChosenTeacher;
import org.encore.distill.StateMatching;
import org.encore.experiment.train.ChosenSchedule;
import org.encore.experiment.train.Training;
import org.encore.graph.Model;
import org.encore.graph.Program;

/**
 * Lets a student match hidden states of a teacher beside whatever else it learns. The teacher reads every batch that the student learns from, its own
 * sequences too: the same rows, so that states meet where logits do. What it says of the development set is kept.
 */
final class MatchedStates implements Training.Guide, AutoCloseable {

    private static final double NANO = 1e9;

    private final StatesOptions options;
    private final Training.Guide other;
    private final StateMatching matching;
    private final Scoring teacher;
    private final HiddenStates.Reader reader;
    private final long begun = System.nanoTime();
    private double seconds;
    private long all = 1;

    private MatchedStates(StatesOptions options, Training.Guide other, StateMatching matching, Scoring teacher, HiddenStates.Reader reader) {
        this.options = options;
        this.other = other;
        this.matching = matching;
        this.teacher = teacher;
        this.reader = reader;
    }

    /** Refuses, before any work, a teacher that tells no states, and blocks that a student does not have. */
    static void check(StatesOptions options) {
        if (options.used() && !ChosenTeacher.of(options.teacher()).tellsStates()) {
            throw new IllegalArgumentException("states: teacher '" + options.teacher().id() + "' tells no hidden states, which those of the "
                    + "student are to match. Name one that is a model of Encore's, such as trained, or leave 'states' out.");
        }
    }

    /** The same for what a student has. */
    static void check(StatesOptions options, StageContext.Variant student) {
        TargetStates own = TargetStates.of(student.model());
        options.blocks().keySet().forEach(block -> at(() -> own.at(block)));
        if (options.blocks().isEmpty() && options.pairs() > own.blocks().size()) {
            throw new IllegalArgumentException("states: pairs: " + options.pairs() + " is more than the blocks that " + student.architecture()
                    + " has at the target's positions here, " + own.blocks().size() + ": "
                    + String.join(", ", own.blocks().stream().map(TargetStates.At::block).toList()));
        }
    }

    private static TargetStates.At at(Supplier<TargetStates.At> block) {
        try {
            return block.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("states: blocks: " + e.getMessage(), e);
        }
    }

    /**
     * Opens the teacher.
     *
     * @param other what the student learns beside states
     * @throws IllegalArgumentException if the teacher tells none, or has not the blocks that are named
     */
    static MatchedStates open(StatesOptions options, StageContext context, Training.Guide other) {
        TeacherSession session = ChosenTeacher.of(options.teacher()).open(context);
        try {
            if (session instanceof Scoring teacher && teacher.states().isPresent()) {
                HiddenStates states = teacher.states().get();
                TargetStates student = TargetStates.of(context.variant().model());
                var matching = new StateMatching(pairs(options, student, states.blocks(), teacher.description()), options.distance());
                return new MatchedStates(options, other, matching, teacher, states.reader(matching.ofTeacher()));
            }
            throw new IllegalArgumentException("states: " + session.description() + " tells no hidden states as it is computed here; its backend "
                    + "has to, as ort-cpu does");
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static List<StateMatching.Pair> pairs(StatesOptions options, TargetStates student, List<TargetStates.At> teacher, String description) {
        if (options.blocks().isEmpty()) {
            return StateMatching.spread(student.blocks(), teacher, options.pairs());
        }
        return options.blocks().entrySet().stream()
                .map(pair -> new StateMatching.Pair(student.at(pair.getKey()), at(() -> TargetStates.named(pair.getValue(), teacher, description))))
                .toList();
    }

    /** The student as it is trained: it tells its states, and has the projections beside its weights. */
    Training.Subject subject(Training.Subject of) {
        Model telling = TargetStates.of(of.model()).telling(matching.ofStudent());
        return new Training.Subject(of.cell(), telling, of.seed(), matching.begin(of.start(), of.seed()), of.events());
    }

    /** A line for people. */
    String words() {
        double whole = (System.nanoTime() - begun) / NANO;
        return String.format(Locale.ROOT, "%s of %s; its states took %.1f s, %.0f %% of the time", matching.words(), teacher.description(), seconds,
                100 * seconds / whole);
    }

    private Batch.States states(Batch batch, double weight) {
        long start = System.nanoTime();
        FloatBuffer read = reader.read(rows(batch.source(), batch.sourceTime(), 0, batch.sourceLengths()),
                rows(batch.target(), batch.targetTime(), 1, batch.targetLengths()));
        var values = new float[read.limit()];
        read.duplicate().rewind().get(values);
        seconds += (System.nanoTime() - start) / NANO;
        return new Batch.States(weight, matching.teacherWidth(), values);
    }

    /** Rows without padding. @param from place of the first token that is taken */
    private static int[][] rows(long[] padded, int time, int from, long[] lengths) {
        return IntStream.range(0, lengths.length).mapToObj(row -> Arrays.stream(padded, row * time + from, row * time + Math.toIntExact(lengths[row]))
                .mapToInt(Math::toIntExact).toArray()).toArray(int[][]::new);
    }

    private double weight(long number) {
        return options.weight() * options.course().map(course -> ChosenSchedule.factor(course, number, all)).orElse(1.0);
    }

    @Override
    public void begin(LongFunction<int[]> pairs, long batches) {
        all = batches;
        other.begin(pairs, batches);
    }

    @Override
    public List<Batch> training(long number, int[] pairs, Batch batch, Supplier<Weights> student) {
        return other.training(number, pairs, batch, student).stream().map(learnt -> learnt.with(states(learnt, weight(number)))).toList();
    }

    /** With the weight as it is named: so looks can be compared. */
    @Override
    public Batch development(int[] examples, Batch batch) {
        return other.development(examples, batch).with(states(batch, options.weight()));
    }

    /** The labels alone: states do not count. */
    @Override
    public List<Batch> labels(List<Batch> development) {
        return other.labels(development).stream().map(batch -> batch.with(batch.states().orElseThrow().weighing(0))).toList();
    }

    @Override
    public Program objective(Choice<Objective<?>> chosen, int vocabularySize) {
        return matching.beside(other.objective(chosen, vocabularySize));
    }

    @Override
    public void looked(double loss) {
        other.looked(loss);
    }

    @Override
    public void watched(long step, long tokens, Supplier<Weights> student) throws IOException {
        other.watched(step, tokens, student);
    }

    @Override
    public Map<String, Weights.Values> state() {
        return other.state();
    }

    @Override
    public void restore(Weights checkpoint) {
        other.restore(checkpoint);
    }

    @Override
    public void close() {
        reader.close();
        teacher.close();
    }
}
