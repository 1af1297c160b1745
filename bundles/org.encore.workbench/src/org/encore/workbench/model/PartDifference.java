package org.encore.workbench.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.encore.api.weights.Weights;
import org.encore.graph.Model;
import org.encore.graph.Parameter;
import org.encore.graph.Tensor;
import org.encore.graph.op.Leaf;

/**
 * A part of two models side by side, by the dotted path that both name it by.
 *
 * @param name the last part of its path
 * @param what differs, in words; empty if nothing does, inside it neither
 * @param first shape, or number of parameters, in the first model; empty if it is not there
 * @param second the same in the second
 * @param weights how far trained values lie apart, relative to the first's; NaN where they cannot be compared
 * @param parts inside
 */
record PartDifference(String name, String what, String first, String second, double weights, List<PartDifference> parts) {

    /** Operations that only carry values on. */
    private static boolean counts(Tensor tensor) {
        return !(tensor.op() instanceof Leaf);
    }

    /** One model's side of a node. */
    private static final class Side {
        String shape = "";
        long parameters;
        final Map<String, Integer> operations = new TreeMap<>();
        Weights.@org.jspecify.annotations.Nullable Values values;
    }

    private static final class Node {
        final Map<String, Node> inside = new LinkedHashMap<>();
        final Side[] sides = new Side[2];

        Side at(String path, int side) {
            Node node = this;
            node.side(side);
            if (!path.isEmpty()) {
                for (String name : path.split("\\.")) {
                    node = node.inside.computeIfAbsent(name, n -> new Node());
                    node.side(side);
                }
            }
            return node.side(side);
        }

        private Side side(int side) {
            if (sides[side] == null) {
                sides[side] = new Side();
            }
            return sides[side];
        }

        PartDifference difference(String name) {
            var parts = new ArrayList<PartDifference>();
            inside.forEach((inner, node) -> parts.add(node.difference(inner)));
            String own = own();
            boolean deeper = parts.stream().anyMatch(part -> !part.what().isEmpty());
            String what = !own.isEmpty() ? own : deeper ? "inside" : "";
            return new PartDifference(name, what, words(sides[0]), words(sides[1]), apart(), parts);
        }

        private String own() {
            if (sides[0] == null || sides[1] == null) {
                return sides[0] == null ? "only in the second" : "only in the first";
            }
            var differs = new ArrayList<String>();
            if (!sides[0].shape.equals(sides[1].shape)) {
                differs.add("shape");
            }
            var names = new TreeSet<>(sides[0].operations.keySet());
            names.addAll(sides[1].operations.keySet());
            String operations = names.stream().filter(op -> !Objects.equals(sides[0].operations.get(op), sides[1].operations.get(op)))
                    .map(op -> op + " " + sides[0].operations.getOrDefault(op, 0) + " → " + sides[1].operations.getOrDefault(op, 0))
                            .collect(Collectors.joining(", "));
            if (!operations.isEmpty()) {
                differs.add(operations);
            }
            return String.join("; ", differs);
        }

        private static String words(@org.jspecify.annotations.Nullable Side side) {
            return side == null ? "" : side.shape.isEmpty() ? String.format(java.util.Locale.ROOT, "%,d", side.parameters) : side.shape;
        }

        /** Root of the summed squares of differences, over that of the first. */
        private double apart() {
            if (sides[0] == null || sides[1] == null || sides[0].values == null || sides[1].values == null
                    || !sides[0].shape.equals(sides[1].shape)) {
                return Double.NaN;
            }
            float[] a = sides[0].values.toArray();
            float[] b = sides[1].values.toArray();
            double squares = 0;
            double whole = 0;
            for (int i = 0; i < a.length; i++) {
                squares += (a[i] - b[i]) * (double) (a[i] - b[i]);
                whole += (double) a[i] * a[i];
            }
            return whole == 0 ? Double.NaN : Math.sqrt(squares / whole);
        }
    }

    /** Two models compared: parameters by name, operations of the teacher-forced program by the part that they were built in. */
    static PartDifference of(Model first, Optional<Weights> ofFirst, Model second, Optional<Weights> ofSecond) {
        var root = new Node();
        add(root, 0, first, ofFirst);
        add(root, 1, second, ofSecond);
        return root.difference(first.architecture().equals(second.architecture()) ? first.architecture() : first.architecture() + " → "
                + second.architecture());
    }

    private static void add(Node root, int index, Model model, Optional<Weights> weights) {
        root.at("", index);
        for (Parameter parameter : model.parameters()) {
            Side side = root.at(parameter.name(), index);
            side.shape = Objects.toString(parameter.shape());
            weights.ifPresent(all -> side.values = all.tensors().get(parameter.name()));
            var above = new LinkedHashSet<String>(List.of(""));
            for (int dot = parameter.name().indexOf('.'); dot >= 0; dot = parameter.name().indexOf('.', dot + 1)) {
                above.add(parameter.name().substring(0, dot));
            }
            above.forEach(path -> root.at(path, index).parameters += parameter.size());
        }
        model.train().tensors().stream().filter(PartDifference::counts).forEach(tensor -> root.at(tensor.path(), index).operations.merge(tensor.op()
                .name(), 1,
                Integer::sum));
    }
}
