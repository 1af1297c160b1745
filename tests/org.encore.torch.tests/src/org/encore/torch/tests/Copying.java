package org.encore.torch.tests;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.encore.api.architecture.Block;
import org.encore.api.architecture.Build;
import org.encore.api.training.Batch;
import org.encore.api.training.TrainingSettings;
import org.encore.api.training.TrainingSettings.AdamW;
import org.encore.api.training.TrainingSettings.Precision;
import org.encore.api.weights.Weights;
import org.encore.architectures.EncoderDecoder;
import org.encore.graph.Model;
import org.encore.graph.Program;
import org.encore.objectives.TokenCrossEntropy;
import org.encore.torch.TorchSession;
import org.encore.torch.TorchTrainer;

/** The smallest task that needs a whole model: the target is the source. */
final class Copying {

    static final int VOCABULARY = 9;
    static final int START = 1;
    static final int END = 2;
    static final int FIRST = 3;
    static final AdamW ADAM = new AdamW(0.9, 0.98, 1e-8, 0.1);

    private Copying() {}

    static Model model(double dropout) {
        var block = new Block(8, 2, 1, 4, Block.Mlp.SWIGLU, 2, false, true, 10000, false, dropout);
        return new EncoderDecoder().build(new EncoderDecoder.Options(1, 1, block), new Build("encoder-decoder", VOCABULARY, START));
    }

    static Program objective(double smoothing) {
        return new TokenCrossEntropy().build(new TokenCrossEntropy.Options(smoothing), VOCABULARY);
    }

    static TorchSession open(Model model, double clip) {
        return open(model, new TrainingSettings(ADAM, clip, Precision.FP32, 2, 5));
    }

    static TorchSession open(Model model, TrainingSettings settings) {
        return open(model, settings, 0);
    }

    static TorchSession open(Model model, TrainingSettings settings, double smoothing) {
        return new TorchTrainer().open(model, objective(smoothing), settings, Weights.initial(model, 3), new TorchTrainer.Options());
    }

    /** Rows of random tokens and random lengths up to a time. */
    static Batch copies(Random random, int rows, int time) {
        var lengths = new int[rows];
        Arrays.setAll(lengths, row -> 1 + random.nextInt(time));
        return copies(random, time, lengths);
    }

    /** Rows of random tokens of these lengths. */
    static Batch copies(Random random, int time, int... lengths) {
        int rows = lengths.length;
        var source = new long[rows * time];
        var target = new long[rows * (time + 1)];
        var labels = new long[rows * (time + 1)];
        for (int row = 0; row < rows; row++) {
            target[row * (time + 1)] = START;
            for (int i = 0; i < lengths[row]; i++) {
                long token = FIRST + random.nextInt(VOCABULARY - FIRST);
                source[row * time + i] = token;
                target[row * (time + 1) + i + 1] = token;
                labels[row * (time + 1) + i] = token;
            }
            labels[row * (time + 1) + lengths[row]] = END;
        }
        return new Batch(rows, time, time + 1, source, Arrays.stream(lengths).mapToLong(n -> n).toArray(), target, labels,
                Arrays.stream(lengths).mapToLong(n -> n + 1L).toArray());
    }

    /** Some rows of a batch. */
    static Batch part(Batch batch, int from, int to) {
        return new Batch(to - from, batch.sourceTime(), batch.targetTime(), rows(batch.source(), batch.sourceTime(), from, to),
                rows(batch.sourceLengths(), 1, from, to), rows(batch.target(), batch.targetTime(), from, to),
                rows(batch.labels(), batch.targetTime(), from, to), rows(batch.targetLengths(), 1, from, to));
    }

    private static long[] rows(long[] tokens, int time, int from, int to) {
        return Arrays.copyOfRange(tokens, from * time, to * time);
    }

    static Map<String, float[]> arrays(Weights weights) {
        var arrays = new HashMap<String, float[]>();
        weights.tensors().forEach((name, values) -> arrays.put(name, values.toArray()));
        return arrays;
    }

    /** Every element exactly, as text that tells which differ. */
    static Map<String, String> bits(Weights weights) {
        var bits = new TreeMap<String, String>();
        weights.tensors().forEach((name, values) -> {
            var text = new StringBuilder();
            for (float value : values.toArray()) {
                text.append(Integer.toHexString(Float.floatToRawIntBits(value))).append(' ');
            }
            bits.put(name, text.toString());
        });
        return bits;
    }

    /** The largest difference of two elements; NaN if there is one anywhere. */
    static double distance(Map<String, float[]> a, Map<String, float[]> b) {
        double worst = 0;
        for (String name : a.keySet()) {
            for (int i = 0; i < a.get(name).length; i++) {
                worst = Math.max(worst, Math.abs(a.get(name)[i] - b.get(name)[i]));
            }
        }
        return worst;
    }
}
