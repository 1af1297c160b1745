package org.encore.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.encore.graph.op.Composite;
import org.encore.graph.op.Leaf;

/**
 * A finished computation with named inputs and outputs.
 *
 * @param name train, prefill, step or an objective's name
 * @param inputs what the caller supplies, in declared order; each is a {@link Leaf.Input}
 * @param outputs what it computes, in declared order
 * @param taps tensors with a name for inspection, computed only by {@link #withTaps}
 * @param tensors everything that the outputs need, operands first
 */
public record Program(String name, List<Tensor> inputs, Map<String, Tensor> outputs, Map<String, Tensor> taps, List<Tensor> tensors) {

    public Program {
        inputs = List.copyOf(inputs);
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        taps = Collections.unmodifiableMap(new LinkedHashMap<>(taps));
        tensors = List.copyOf(tensors);
    }

    static Program of(String name, List<Tensor> inputs, Map<String, Tensor> outputs, Map<String, Tensor> taps) {
        var reached = new TreeMap<Integer, Tensor>();
        var open = new ArrayList<>(outputs.values());
        while (!open.isEmpty()) {
            Tensor next = open.removeLast();
            if (reached.put(next.id(), next) == null) {
                open.addAll(next.inputs());
            }
        }
        inputs.forEach(input -> reached.put(input.id(), input));
        return new Program(name, inputs, outputs, taps, new ArrayList<>(reached.values()));
    }

    /** The input of this name. */
    public Tensor input(String label) {
        return inputs.stream().filter(t -> label(t).equals(label)).findFirst().orElseThrow(() -> new IllegalArgumentException(
                "program " + name + " has no input " + label + "; it has " + inputs.stream().map(Program::label).toList()));
    }

    /** The output of this name. */
    public Tensor output(String label) {
        Tensor output = outputs.get(label);
        if (output == null) {
            throw new IllegalArgumentException("program " + name + " has no output " + label + "; it has " + outputs.keySet());
        }
        return output;
    }

    /** The name under which an input is supplied. */
    public static String label(Tensor input) {
        return ((Leaf.Input) input.op()).label();
    }

    /** Parameters that are used, in the order of first use. */
    public List<Parameter> parameters() {
        return tensors.stream().flatMap(t -> t.op() instanceof Leaf.Weight w ? Stream.of(w.parameter()) : Stream.empty()).toList();
    }

    /** Where a run-time size can be read: symbol to an input and an axis whose whole size it is. */
    public Map<String, InputAxis> symbols() {
        var found = new TreeMap<String, InputAxis>();
        for (Tensor input : inputs) {
            for (int axis = 0; axis < input.shape().rank(); axis++) {
                Dim dim = input.shape().get(axis);
                if (dim.constant() == 0 && dim.terms().size() == 1 && dim.terms().firstEntry().getValue() == 1) {
                    found.putIfAbsent(dim.terms().firstKey(), new InputAxis(label(input), axis));
                }
            }
        }
        var missing = new TreeSet<String>();
        tensors.forEach(t -> t.shape().dims().forEach(d -> missing.addAll(d.terms().keySet())));
        missing.removeAll(found.keySet());
        if (!missing.isEmpty()) {
            throw new IllegalStateException("program " + name + ": no input has an axis of exactly size " + missing);
        }
        return found;
    }

    /** One axis of one input. */
    public record InputAxis(String input, int axis) {}

    /**
     * The same program in which the composites that are not kept are expanded, repeatedly, down to what is kept and primitives. What expansions tap
     * is tapped.
     */
    public Program expanded(Predicate<Composite> keep) {
        var graph = new Graph(name);
        var copies = new HashMap<Tensor, Tensor>();
        for (Tensor tensor : tensors) {
            copies.put(tensor, copy(graph, tensor, tensor.inputs().stream().map(copies::get).toList(), keep));
        }
        var renamed = new LinkedHashMap<String, Tensor>();
        outputs.forEach((label, tensor) -> renamed.put(label, copies.get(tensor)));
        var program = graph.finish(renamed);
        var order = inputs.stream().map(copies::get).toList();
        var copiedTaps = new LinkedHashMap<>(program.taps());   // those that expansions have left
        taps.forEach((label, tensor) -> {
            if (copies.containsKey(tensor)) {
                copiedTaps.put(label, copies.get(tensor));
            }
        });
        Program flat = new Program(name, order, renamed, copiedTaps, program.tensors());
        boolean done = flat.tensors.stream().noneMatch(t -> t.op() instanceof Composite c && !keep.test(c));
        return done ? flat : flat.expanded(keep);
    }

    private static Tensor copy(Graph graph, Tensor tensor, List<Tensor> operands, Predicate<Composite> keep) {
        return at(graph, tensor.path(), () -> switch (tensor.op()) {
            case Leaf.Input input -> graph.input(input.label(), input.type().dtype(), input.type().shape());
            case Leaf.Weight weight -> graph.weight(weight.parameter());
            case Composite composite when !keep.test(composite) -> composite.expand(graph, operands);
            default -> graph.apply(tensor.op(), operands);
        });
    }

    private static Tensor at(Graph graph, String path, java.util.function.Supplier<Tensor> body) {
        return path.isEmpty() ? body.get() : graph.within(path, body);
    }

    /** The part that computes only these outputs; inputs that they do not need are left out. */
    public Program only(Predicate<String> wanted) {
        var kept = new LinkedHashMap<String, Tensor>();
        outputs.forEach((label, tensor) -> {
            if (wanted.test(label)) {
                kept.put(label, tensor);
            }
        });
        Program part = of(name, List.of(), kept, Map.of());
        List<Tensor> used = inputs.stream().filter(part.tensors::contains).toList();
        return new Program(name, used, kept, taps, part.tensors);
    }

    /** The same program that also computes the named taps, as outputs called {@code tap:<name>}. Not for timing: less is fused. */
    public Program withTaps(Predicate<String> wanted) {
        var more = new LinkedHashMap<>(outputs);
        taps.forEach((label, tensor) -> {
            if (wanted.test(label)) {
                more.put("tap:" + label, tensor);
            }
        });
        return of(name, inputs, more, taps);
    }
}
