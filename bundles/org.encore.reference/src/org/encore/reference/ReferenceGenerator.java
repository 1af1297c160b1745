package org.encore.reference;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import org.encore.api.inference.Generator;
import org.encore.api.inference.Logits;
import org.encore.graph.Model;
import org.encore.graph.Names;
import org.encore.graph.Parameter;
import org.encore.graph.StateSpec;

/** Generation by the prefill and step programs, state copied from call to call. */
final class ReferenceGenerator implements Generator {

    private final Model model;
    private final Reference prefill;
    private final Reference step;
    private final Function<Parameter, Value> weights;
    private final int mostRows;
    private final int mostTokens;
    private final Map<String, Value> state = new HashMap<>();
    private long[] past = new long[0];

    ReferenceGenerator(Model model, Function<Parameter, Value> weights, int rows, int tokens) {
        this.model = model;
        this.prefill = new Reference(model.prefill());
        this.step = new Reference(model.step());
        this.weights = weights;
        this.mostRows = rows;
        this.mostTokens = tokens;
    }

    @Override
    public Logits start(int[][] sources) {
        int longest = Arrays.stream(sources).mapToInt(s -> s.length).max().orElse(0);
        if (sources.length == 0 || sources.length > mostRows || longest + 1 > mostTokens || longest == 0) {
            throw new IllegalArgumentException(sources.length + " rows of up to " + longest + " tokens, but this generator has room for 1 to " + mostRows
                    + " rows of 1 to " + (mostTokens - 1) + " source tokens");
        }
        Map<String, Value> outputs = prefill.run(Map.of(Names.SOURCE, WholeRows.padded(sources), Names.SOURCE_LENGTHS, WholeRows.lengths(sources)), weights);
        past = Arrays.stream(sources).mapToLong(row -> model.opened().evaluate(Map.of("S", (long) row.length))).toArray();
        keep(outputs);
        return logits(outputs.get(Names.LOGITS));
    }

    @Override
    public Logits next(int[] tokens) {
        if (tokens.length != past.length) {
            throw new IllegalArgumentException(tokens.length + " tokens for " + past.length + " rows");
        }
        if (Arrays.stream(past).max().orElse(0) + 1 > mostTokens) {
            throw new IllegalArgumentException("the cache is full: it has room for " + mostTokens + " tokens a row");
        }
        var inputs = new HashMap<>(state);
        Value lengths = Value.zeros(tokens.length);
        Arrays.fill(lengths.data(), 1);
        inputs.put(Names.TOKENS, Value.of(new long[] {tokens.length, 1}, Arrays.stream(tokens).asLongStream().toArray()));
        inputs.put(Names.TOKEN_LENGTHS, lengths);
        inputs.put(Names.PAST_LENGTHS, Value.of(new long[] {tokens.length}, past));
        Map<String, Value> outputs = step.run(inputs, weights);
        past = Arrays.stream(past).map(length -> length + 1).toArray();
        keep(outputs);
        return logits(outputs.get(Names.LOGITS));
    }

    private void keep(Map<String, Value> outputs) {
        for (StateSpec spec : model.state()) {
            if (outputs.containsKey(spec.name())) {
                state.put(spec.name(), outputs.get(spec.name()));
            }
        }
    }

    private Logits logits(Value value) {
        return new Logits((int) value.shape()[0], model.vocabularySize(), value.floats());
    }

    @Override
    public void select(int[] rows) {
        if (rows.length == 0 || rows.length > mostRows) {
            throw new IllegalArgumentException(rows.length + " rows, but this generator has room for 1 to " + mostRows);
        }
        long[] before = past;
        past = Arrays.stream(rows).mapToLong(row -> before[row]).toArray();
        state.replaceAll((name, value) -> {
            long[] shape = value.shape().clone();
            int size = value.data().length / (int) shape[0];
            shape[0] = rows.length;
            Value selected = Value.zeros(shape);
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(value.data(), rows[i] * size, selected.data(), i * size, size);
            }
            return selected;
        });
    }

    @Override
    public void rewind(int tokens) {
        if (model.state().stream().anyMatch(s -> s.role() == StateSpec.Role.RECURRENT)) {
            throw new UnsupportedOperationException(model.architecture() + " has a recurrent state, which cannot be taken back");
        }
        past = Arrays.stream(past).map(length -> length - tokens).toArray();
    }

    @Override
    public int rows() {
        return past.length;
    }

    @Override
    public void close() {
        state.clear();
    }
}
