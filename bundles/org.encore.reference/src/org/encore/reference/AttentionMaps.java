package org.encore.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import org.encore.api.inference.AttentionMap;
import org.encore.api.inference.AttentionMap.Positions;
import org.encore.api.inference.AttentionMap.Tokens;
import org.encore.graph.Dim;
import org.encore.graph.Model;
import org.encore.graph.Parameter;
import org.encore.graph.Program;
import org.encore.graph.Tensor;
import org.encore.graph.op.Attention;

/** The weights of every attention in a model's train program, which reads a source and a whole target at once. */
final class AttentionMaps {

    private static final String TAP = "tap:";
    private static final Dim SOURCE = Dim.symbol("S");
    private static final Dim TARGET = Dim.symbol("T");

    private final Model model;
    private final int[] source;
    private final int[] target;

    /** @param target without the start token */
    AttentionMaps(Model model, int[] source, int[] target) {
        if (source.length == 0) {
            throw new IllegalArgumentException("a source of no tokens; give at least one");
        }
        this.model = model;
        this.source = source;
        this.target = target;
    }

    List<AttentionMap> compute(Function<Parameter, Value> weights, BooleanSupplier stop) {
        Program train = model.train().expanded(composite -> Attention.of(composite).isPresent());
        List<Place> places = places(train);
        if (places.isEmpty()) {
            return List.of();
        }
        Program weighing = train.expanded(composite -> false).withTaps(tap -> places.stream().anyMatch(place -> place.tap().equals(tap)))
                .only(output -> output.startsWith(TAP));
        Map<String, Value> found = new Reference(weighing).run(WholeRows.inputs(model, new int[][] {source}, new int[][] {target}), parameter -> {
            if (stop.getAsBoolean()) {
                throw new CancellationException("stopped");
            }
            return weights.apply(parameter);
        });
        return places.stream().map(place -> map(place, found.get(TAP + place.tap()))).toList();
    }

    /**
     * An attention of the graph.
     *
     * @param name by which it is shown
     * @param tap by which its weights are found
     */
    private record Place(String name, String tap, Attention attention, List<Tensor> operands) {}

    /** In the order of the graph, which is that in which expansions name their taps. */
    private static List<Place> places(Program program) {
        var places = new ArrayList<Place>();
        var seen = new HashMap<String, Integer>();
        for (Tensor tensor : program.tensors()) {
            Attention.of(tensor.op()).ifPresent(attention -> {
                String path = tensor.path();
                int n = seen.merge(path, 1, Integer::sum);
                String further = n == 1 ? "" : "." + n;
                String tap = (path.isEmpty() ? "" : path + ".") + Attention.WEIGHTS + further;
                places.add(new Place((path.isEmpty() ? "attention" : path) + further, tap, attention, tensor.inputs()));
            });
        }
        return places;
    }

    private AttentionMap map(Place place, Value weights) {
        long[] shape = weights.shape();   // (1, G, H / G, T, S)
        return new AttentionMap(place.name(), (int) (shape[1] * shape[2]), positions(place.operands().getFirst()),
                place.attention().split(place.operands()).stream().map(segment -> positions(segment.key())).toList(), weights.data());
    }

    /** Of the time axis of queries or keys (B, heads, time, K). */
    private Positions positions(Tensor of) {
        Dim time = of.shape().get(2);
        Tokens tokens = time.equals(SOURCE) ? Tokens.SOURCE : time.equals(TARGET) ? Tokens.TARGET
                : time.equals(SOURCE.plus(TARGET)) ? Tokens.SOURCE_AND_TARGET : Tokens.OTHER;
        return new Positions(tokens, (int) time.evaluate(Map.of("B", 1L, "S", (long) source.length, "T", target.length + 1L)));
    }
}
