package org.encore.api.weights;

import java.nio.FloatBuffer;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.encore.graph.Model;
import org.encore.graph.Parameter;

/** Tensors that are made each time they are asked for, and not kept. */
final class StandIns extends AbstractMap<String, Weights.Values> {

    /** Elements that are drawn; a prime, so that no row or block of a matrix begins where another does. */
    private static final int DRAWN = 65_521;

    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final long seed;

    StandIns(Model model, long seed) {
        model.parameters().forEach(parameter -> parameters.put(parameter.name(), parameter));
        this.seed = seed;
    }

    private Weights.Values make(Parameter parameter) {
        int size = Math.toIntExact(parameter.size());
        float[] drawn = parameter.initializer().draw(seed, parameter.name(), Math.min(size, DRAWN));
        var values = new float[size];
        for (int from = 0; from < size; from += drawn.length) {
            System.arraycopy(drawn, 0, values, from, Math.min(drawn.length, size - from));
        }
        return new Weights.Values(parameter.shape().evaluate(Map.of()), FloatBuffer.wrap(values));
    }

    @Override
    public Weights.@org.jspecify.annotations.Nullable Values get(Object name) {
        Parameter parameter = parameters.get(name);
        return parameter == null ? null : make(parameter);
    }

    @Override
    public boolean containsKey(Object name) {
        return parameters.containsKey(name);
    }

    @Override
    public int size() {
        return parameters.size();
    }

    @Override
    public Set<String> keySet() {
        return new LinkedHashSet<>(parameters.keySet());
    }

    @Override
    public Set<Entry<String, Weights.Values>> entrySet() {
        var entries = new LinkedHashSet<Entry<String, Weights.Values>>();
        parameters.forEach((name, parameter) -> entries.add(Map.entry(name, make(parameter))));
        return entries;
    }
}
