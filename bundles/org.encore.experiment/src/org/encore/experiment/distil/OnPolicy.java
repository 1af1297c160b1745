package org.encore.experiment.distil;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.encore.api.inference.ChosenBackend;
import org.encore.api.inference.FittingGenerator;
import org.encore.api.inference.Generator;
import org.encore.api.inference.LoadedModel;
import org.encore.api.inference.RowsTogether;
import org.encore.api.task.Tokenizer;
import org.encore.api.teachers.Scoring;
import org.encore.api.teachers.Spent;
import org.encore.api.training.Batch;
import org.encore.api.training.Guidance;
import org.encore.api.weights.Weights;
import org.encore.distill.Episode;
import org.encore.distill.Sampling;
import org.encore.experiment.data.BatchOrder;
import org.encore.experiment.data.Encoded;
import org.encore.graph.Model;

/**
 * Batches of sequences that the student wrote. Before a stretch of {@code refresh} updates it is decided which of them learn from such sequences; the
 * student's weights are handed to the backend in memory, all outputs of the stretch are drawn together, and the teacher comments them. Everything is
 * a function of the seed, the number of the batch and the weights; what was drawn is part of a checkpoint, so a training that was killed goes on to
 * the same bits.
 */
final class OnPolicy implements AutoCloseable {

    private static final String STATE = "on-policy.";
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /**
     * What it works with.
     *
     * @param teacher who comments; closed with this
     * @param k likeliest tokens of the teacher
     * @param temperature of the teacher's distributions
     * @param sources token ids of the training pairs
     */
    record Setting(OnPolicyOptions options, Model student, Scoring teacher, int k, double temperature, Tokenizer tokenizer,
            int[][] sources, long seed) {}

    private final Setting setting;
    private final OnPolicyShare share;
    private final OnPolicyCost cost = new OnPolicyCost();
    private LongFunction<int[]> pairs = number -> new int[0];
    private long all = 1;

    private long stretch = -1;
    private double shareOfStretch;
    private final Map<Long, List<Episode>> drawn = new TreeMap<>();
    private final List<Episode> kept = new ArrayList<>();

    OnPolicy(Setting setting) {
        this.setting = setting;
        this.share = new OnPolicyShare(setting.options());
    }

    /** @param order pairs of a batch by its number; @param batches of the whole training */
    void begin(LongFunction<int[]> order, long batches) {
        pairs = order;
        all = batches;
    }

    void looked(double loss) {
        share.looked(loss);
    }

    OnPolicyCost cost() {
        return cost;
    }

    /** What a teacher that counts took for its comments. */
    Spent spent() {
        return setting.teacher().spent();
    }

    /** The batch in place of one of the data; empty if that one stays. @param student its weights now */
    Optional<Batch> batch(long number, Supplier<Weights> student) {
        long of = (number - 1) / setting.options().refresh();
        if (of != stretch) {
            stretch = of;
            shareOfStretch = share.now();
            draw(student);
        }
        List<Episode> fresh = drawn.remove(number);
        if (fresh != null) {
            keep(fresh);
            cost.fresh(fresh.size());
            return Optional.of(batch(fresh));
        }
        var random = random(number);
        if (random.nextDouble() >= shareOfStretch || kept.isEmpty()) {
            cost.data();
            return Optional.empty();
        }
        List<Episode> again = IntStream.range(0, pairs.apply(number).length).mapToObj(i -> kept.get(random.nextInt(kept.size()))).toList();
        cost.replayed();
        return Optional.of(batch(again));
    }

    private SplittableRandom random(long number) {
        return new SplittableRandom(setting.seed() * GOLDEN + number);
    }

    private void keep(List<Episode> fresh) {
        kept.addAll(fresh);
        if (kept.size() > setting.options().replay()) {
            kept.subList(0, kept.size() - setting.options().replay()).clear();
        }
    }

    /** Draws for all updates of the stretch that want it. */
    private void draw(Supplier<Weights> student) {
        drawn.clear();
        int refresh = setting.options().refresh();
        boolean full = kept.size() >= setting.options().replay();
        long[] wanting = LongStream.rangeClosed(stretch * refresh + 1, Math.min(all, (stretch + 1) * refresh))
                .filter(number -> random(number).nextDouble() < share.fresh(shareOfStretch, number, all, full)).toArray();
        if (wanting.length == 0) {
            return;
        }
        var rows = new ArrayList<Scoring.Row>();
        var seeds = new ArrayList<Long>();
        var owners = new ArrayList<int[]>();
        for (long number : wanting) {
            int[] ofBatch = pairs.apply(number);
            owners.add(ofBatch);
            for (int row = 0; row < ofBatch.length; row++) {
                rows.add(new Scoring.Row(setting.sources()[ofBatch[row]], new int[0]));
                seeds.add((setting.seed() * GOLDEN + number) * GOLDEN + row);
            }
        }
        List<Scoring.Row> written = cost.generating(() -> write(rows, seeds, student.get()));
        List<Guidance.Top> said = cost.scoring(() -> setting.teacher().score(written, setting.k(), setting.temperature()));
        int at = 0;
        for (int i = 0; i < wanting.length; i++) {
            var episodes = new ArrayList<Episode>();
            for (int pair : owners.get(i)) {
                episodes.add(new Episode(pair, written.get(at).target(), said.get(at)));
                at++;
            }
            drawn.put(wanting[i], episodes);
        }
    }

    private List<Scoring.Row> write(List<Scoring.Row> rows, List<Long> seeds, Weights weights) {
        var sampling = new Sampling(setting.options().temperature(), setting.options().topK(), setting.tokenizer().endToken(),
                setting.options().maxTokens());
        int[][] sources = rows.stream().map(Scoring.Row::source).toArray(int[][]::new);
        int atOnce = Math.min(setting.options().rows(), rows.size());
        var written = new Scoring.Row[rows.size()];
        try (LoadedModel model = ChosenBackend.of(setting.options().backend()).sharing().load(setting.student(), weights);
                var room = new FittingGenerator(model::generator, RowsTogether.longest(sources) + 1 + setting.options().maxTokens())) {
            for (List<Integer> part : RowsTogether.parts(sources, atOnce)) {
                int[][] asked = part.stream().map(i -> sources[i]).toArray(int[][]::new);
                Generator generator = room.of(asked.length, RowsTogether.longest(asked) + 1 + setting.options().maxTokens());
                List<int[]> outputs = sampling.draw(generator, asked, part.stream().mapToLong(seeds::get).toArray());
                for (int i = 0; i < part.size(); i++) {
                    written[part.get(i)] = new Scoring.Row(sources[part.get(i)], outputs.get(i));
                }
            }
        }
        return List.of(written);
    }

    private Batch batch(List<Episode> episodes) {
        var rows = new Encoded(episodes.stream().map(episode -> setting.sources()[episode.pair()]).toArray(int[][]::new),
                episodes.stream().map(Episode::output).toArray(int[][]::new));
        Batch batch = BatchOrder.whole(rows, setting.tokenizer());
        return batch.with(Episode.together(episodes, batch.targetTime()));
    }

    /** What a checkpoint has to hold. */
    Map<String, Weights.Values> state() {
        var state = new LinkedHashMap<String, Weights.Values>();
        state.put(STATE + "stretch", values(Exactly.floats(stretch, shareOfStretch)));
        if (!kept.isEmpty()) {
            state.put(STATE + "kept", values(Episode.numbers(kept)));
        }
        drawn.forEach((number, episodes) -> state.put(STATE + "drawn." + number, values(Episode.numbers(episodes))));
        state.put(STATE + "cost", values(Exactly.floats(cost.numbers())));
        return state;
    }

    private static Weights.Values values(float[] numbers) {
        return new Weights.Values(new long[] {numbers.length}, FloatBuffer.wrap(numbers));
    }

    /** Goes on from a {@link #state}; what is drawn by number of the batch. */
    void restore(Weights checkpoint) {
        var found = new HashMap<>(checkpoint.tensors());
        Weights.Values where = found.get(STATE + "stretch");
        if (where == null) {
            throw new IllegalArgumentException("this is no checkpoint of a training with sequences of the student: it has no tensor "
                    + STATE + "stretch");
        }
        double[] numbers = Exactly.doubles(where.toArray());
        stretch = (long) numbers[0];
        shareOfStretch = numbers[1];
        kept.clear();
        Optional.ofNullable(found.get(STATE + "kept")).ifPresent(values -> kept.addAll(Episode.read(values.toArray())));
        cost.restore(Exactly.doubles(found.get(STATE + "cost").toArray()));
        drawn.clear();
        found.forEach((name, values) -> {
            if (name.startsWith(STATE + "drawn.")) {
                drawn.put(Long.parseLong(name.substring((STATE + "drawn.").length())), Episode.read(values.toArray()));
            }
        });
    }

    @Override
    public void close() {
        setting.teacher().close();
    }
}
