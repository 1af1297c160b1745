package org.encore.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.encore.api.inference.LoadedModel;
import org.encore.graph.Model;
import org.encore.graph.Program;
import org.encore.graph.Tensor;
import org.encore.graph.op.Composite;
import org.encore.graph.text.ModelText;
import org.encore.graph.text.ProgramText;
import org.encore.reference.ReferenceBackend;
import org.encore.reference.Value;

/** That the three programs of a model are one model, in double precision. */
public final class ModelLaws {

    private static final double EXACT = 1e-11;
    /** A generator gives single precision. */
    private static final double SINGLE = 1e-5;
    private static final int TOKENS = 6;

    private ModelLaws() {}

    /** A source read at once and a target token by token give the logits that training sees. */
    public static void trainingIsAPrefillFollowedBySteps(Case c) {
        try (LoadedModel model = reference(c)) {
            new GenerationLaws(c, model, SINGLE).generationGivesTheTrainLogits();
        }
    }

    /** A row of a batch gives what it gives alone: neither padding nor other rows reach it. */
    public static void paddingChangesNothing(Case c) {
        Value whole = c.trainLogits();
        Inputs in = c.inputs();
        for (int row = 0; row < in.rows(); row++) {
            double[] alone = c.trainLogits(in.row(row).train()).data();
            int from = row * in.targetTime() * Inputs.VOCABULARY;
            double error = Agreement.error(Arrays.copyOfRange(whole.data(), from, from + alone.length), alone);
            if (!(error < EXACT)) {
                throw new AssertionError(String.format(Locale.ROOT,
                        "%s: row %d of a batch differs from the same row alone by %.2e of its largest logit. "
                                + "Does something read behind a row's length (Layer.lengths)?", c, row, error));
            }
        }
    }

    /** What greedy decoding finds with caches it finds without, computing everything anew for every token. */
    public static void cachesChangeNothing(Case c) {
        try (LoadedModel model = reference(c); var generator = model.generator(c.inputs().rows(), c.inputs().sourceTime() + 1 + TOKENS)) {
            for (int row = 0; row < c.inputs().rows(); row++) {
                int[] source = c.inputs().sources()[row];
                int[] cached = new int[TOKENS];
                var logits = generator.start(new int[][] {source});
                for (int t = 0; t < TOKENS; t++) {
                    cached[t] = logits.argMax(0);
                    logits = generator.next(new int[] {cached[t]});
                }
                int[] anew = withoutCaches(c, source);
                if (!Arrays.equals(cached, anew)) {
                    throw new AssertionError(c + ": row " + row + " generates " + Arrays.toString(cached) + " with caches and "
                            + Arrays.toString(anew) + " without");
                }
            }
        }
    }

    private static int[] withoutCaches(Case c, int[] source) {
        int[] target = {Inputs.START};
        while (target.length <= TOKENS) {
            var in = new Inputs(1, source.length, target.length, longs(source), new long[] {source.length}, longs(target),
                    new long[] {target.length});
            double[] logits = c.trainLogits(in.train()).data();
            int best = 0;
            int last = (target.length - 1) * Inputs.VOCABULARY;
            for (int v = 0; v < Inputs.VOCABULARY; v++) {
                best = (float) logits[last + v] > (float) logits[last + best] ? v : best;
            }
            target = Arrays.copyOf(target, target.length + 1);
            target[target.length - 1] = best;
        }
        return Arrays.copyOfRange(target, 1, target.length);
    }

    /** The model's text read back gives the model, operations of its own included. */
    public static void textReadsBack(Model model) {
        List<Class<? extends Composite>> composites = model.programs().stream().map(Program::tensors).flatMap(List::stream).map(Tensor::op)
                .filter(op -> op instanceof Composite && !op.getClass().getPackage().equals(Composite.class.getPackage()))
                .<Class<? extends Composite>>map(op -> op.getClass().asSubclass(Composite.class)).distinct().toList();
        String text = ModelText.print(model);
        String again = ModelText.print(new ModelText(new ProgramText(composites)).parse(text));
        if (!again.equals(text)) {
            throw new AssertionError(model.architecture() + " written as text and read back is another model:\n" + text + "\n" + again);
        }
    }

    private static LoadedModel reference(Case c) {
        return new ReferenceBackend().load(c.model(), c.weights(), new ReferenceBackend.Options());
    }

    private static long[] longs(int[] ids) {
        return Arrays.stream(ids).asLongStream().toArray();
    }
}
