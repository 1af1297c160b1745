package org.encore.reference;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.encore.api.architecture.TargetStates;
import org.encore.api.inference.HiddenStates;
import org.encore.graph.Model;
import org.encore.graph.Names;
import org.encore.graph.Parameter;
import org.encore.graph.Program;

/** Hidden states by the interpreter. */
record ReferenceStates(Model model, Function<Parameter, Value> parameters) implements HiddenStates {

    @Override
    public List<TargetStates.At> blocks() {
        return TargetStates.of(model).blocks();
    }

    @Override
    public Reader reader(List<String> blocks) {
        Program telling = TargetStates.of(model).telling(blocks).train();
        var reference = new Reference(telling);
        return new Reader() {
            @Override
            public FloatBuffer read(int[][] sources, int[][] targets) {
                double[] states = reference.run(inputs(sources, targets), parameters).get(Names.STATES).data();
                var floats = FloatBuffer.allocate(states.length);
                for (int i = 0; i < states.length; i++) {
                    floats.put(i, (float) states[i]);
                }
                return floats;
            }

            @Override
            public void close() {
                // nothing outside the heap
            }
        };
    }

    private Map<String, Value> inputs(int[][] sources, int[][] targets) {
        int[][] started = Arrays.stream(targets).map(target -> {
            var row = new int[target.length + 1];
            row[0] = model.startToken();
            System.arraycopy(target, 0, row, 1, target.length);
            return row;
        }).toArray(int[][]::new);
        var inputs = new HashMap<String, Value>();
        inputs.put(Names.SOURCE, padded(sources));
        inputs.put(Names.SOURCE_LENGTHS, lengths(sources));
        inputs.put(Names.TARGET, padded(started));
        inputs.put(Names.TARGET_LENGTHS, lengths(started));
        return inputs;
    }

    private static Value lengths(int[][] rows) {
        return Value.of(new long[] {rows.length}, Arrays.stream(rows).mapToLong(row -> row.length).toArray());
    }

    private static Value padded(int[][] rows) {
        int longest = Math.max(1, Arrays.stream(rows).mapToInt(row -> row.length).max().orElse(1));
        var values = Value.zeros(rows.length, longest);
        for (int row = 0; row < rows.length; row++) {
            for (int i = 0; i < rows[row].length; i++) {
                values.data()[row * longest + i] = rows[row][i];
            }
        }
        return values;
    }
}
