package org.encore.api.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

import org.encore.api.inference.Decoding.Limits;

/** Generates many rows at once, each of which goes on by itself. Rows that ended are dropped, so that the others go on faster. */
public final class RowByRow {

    private RowByRow() {}

    /** How a row goes on. */
    public interface Next {

        /**
         * The token that it goes on with; empty if it ends.
         *
         * @param row of the logits
         * @param source from which it began, counted from 0
         */
        OptionalInt token(Logits logits, int row, int source);
    }

    /** How a row's token is chosen. */
    public interface Chooser {

        /** @param row of the logits @param source from which it began, counted from 0 */
        int token(Logits logits, int row, int source);
    }

    /**
     * Goes on until all rows have ended.
     *
     * @param first what the generator gave after it had read the sources
     */
    public static void run(Generator generator, Logits first, Next next) {
        Logits logits = first;
        int[] alive = IntStream.range(0, first.rows()).toArray();
        while (true) {
            var staying = new ArrayList<Integer>();
            var tokens = new ArrayList<Integer>();
            for (int row = 0; row < alive.length; row++) {
                OptionalInt token = next.token(logits, row, alive[row]);
                if (token.isPresent()) {
                    staying.add(row);
                    tokens.add(token.getAsInt());
                }
            }
            if (staying.isEmpty()) {
                return;
            }
            if (staying.size() < alive.length) {
                generator.select(ints(staying, i -> i));
                int[] before = alive;
                alive = ints(staying, row -> before[row]);
            }
            logits = generator.next(ints(tokens, i -> i));
        }
    }

    private static int[] ints(List<Integer> values, IntUnaryOperator of) {
        return values.stream().mapToInt(Integer::intValue).map(of).toArray();
    }

    /** The output of each source, without start and end token. */
    public static List<int[]> outputs(Generator generator, int[][] sources, Limits limits, Chooser chooser) {
        return outputs(generator, generator.start(sources), limits, chooser);
    }

    /**
     * The output of each row, without start and end token.
     *
     * @param first what the generator gave after it had read what stands before the outputs
     */
    public static List<int[]> outputs(Generator generator, Logits first, Limits limits, Chooser chooser) {
        var outputs = new ArrayList<List<Integer>>();
        for (int row = 0; row < first.rows(); row++) {
            outputs.add(new ArrayList<>());
        }
        run(generator, first, (logits, row, source) -> {
            int token = chooser.token(logits, row, source);
            if (token == limits.endToken()) {
                return OptionalInt.empty();
            }
            outputs.get(source).add(token);
            return outputs.get(source).size() < limits.maxTokens() ? OptionalInt.of(token) : OptionalInt.empty();
        });
        return outputs.stream().map(output -> ints(output, i -> i)).toList();
    }
}
