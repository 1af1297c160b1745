package org.encore.workbench.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.encore.cost.Convention;
import org.encore.cost.PartCost;
import org.encore.graph.Model;
import org.encore.graph.Parameter;

/**
 * A part of a model, with what lies inside it: names are dotted, and each dot opens a part.
 *
 * @param name the last part of its path
 * @param shape of a parameter; empty for what has parts
 * @param cost of itself and all that is inside
 * @param parts inside
 */
record Part(String name, String shape, Amounts cost, List<Part> parts) {

    /**
     * Sums over a part, modelled.
     *
     * @param parameters trained numbers
     * @param firstTokenFlops from the source to the first token
     * @param laterFlops of all later tokens together
     * @param bytes read for the last token: weights and caches, fp32
     */
    record Amounts(long parameters, long firstTokenFlops, long laterFlops, long bytes) {

        Amounts plus(Amounts other) {
            return new Amounts(parameters + other.parameters, firstTokenFlops + other.firstTokenFlops, laterFlops + other.laterFlops, bytes
                    + other.bytes);
        }
    }

    private static final Amounts NONE = new Amounts(0, 0, 0, 0);

    /** A node while the tree is made. */
    private static final class Node {
        final Map<String, Node> inside = new LinkedHashMap<>();
        String shape = "";
        Amounts own = NONE;

        Node at(String path) {
            Node node = this;
            for (String name : path.split("\\.")) {
                node = node.inside.computeIfAbsent(name, n -> new Node());
            }
            return node;
        }

        Part part(String name) {
            var parts = new ArrayList<Part>();
            inside.forEach((inner, node) -> parts.add(node.part(inner)));
            Amounts sum = parts.stream().map(Part::cost).reduce(own, Amounts::plus);
            return new Part(name, shape, sum, List.copyOf(parts));
        }
    }

    /**
     * The whole of a model.
     *
     * @param source tokens that are read
     * @param target tokens that are generated
     */
    static Part of(Model model, int source, int target) {
        var root = new Node();
        for (Parameter parameter : model.parameters()) {
            Node node = root.at(parameter.name());
            node.shape = Objects.toString(parameter.shape());
            node.own = node.own.plus(new Amounts(parameter.size(), 0, 0, 0));
        }
        for (PartCost cost : PartCost.of(model, Convention.PAPER, source, target)) {
            Node node = root.at(cost.path());
            node.own = node.own.plus(new Amounts(0, cost.firstTokenFlops(), cost.laterFlops(), cost.weightBytes() + cost.stateBytes()));
        }
        return root.part(model.architecture());
    }
}
