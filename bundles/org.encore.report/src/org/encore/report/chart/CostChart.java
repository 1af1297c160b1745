package org.encore.report.chart;

import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

import org.encore.cost.PartCost;
import org.jfree.chart.JFreeChart;

/** Modelled cost of each model, layer by layer: a bar with a piece for each layer in the order in which they come to work. */
public final class CostChart {

    private static final double HALF = 0.17;
    private static final double ROOM = 1.2;

    private CostChart() {}

    /** What is counted. */
    public enum Quantity {
        /** Floating-point operations of the whole: reading the source, generating the target. */
        FLOPS("operations", "operations (modelled)", "MFLOP", 1e6, part -> part.firstTokenFlops() + part.laterFlops()),
        /** What the last token reads: parameters and caches. */
        BYTES("bytes read for a token", "read for the last token (modelled)", "MB", 1e6, part -> part.weightBytes() + part.stateBytes());

        private final String title;
        private final String axis;
        private final String unit;
        private final double size;
        private final ToLongFunction<PartCost> of;

        Quantity(String title, String axis, String unit, double size, ToLongFunction<PartCost> of) {
            this.title = title;
            this.axis = axis;
            this.unit = unit;
            this.size = size;
            this.of = of;
        }
    }

    /** Layers of a model with what they cost, in the unit of the quantity: {@code decoder.1} is one, with all its parts. */
    private static Map<String, Double> layers(List<PartCost> parts, Quantity quantity) {
        var layers = new LinkedHashMap<String, Double>();
        parts.forEach(part -> layers.merge(layer(part.path()), quantity.of.applyAsLong(part) / quantity.size, Double::sum));
        layers.values().removeIf(cost -> cost == 0);
        return layers;
    }

    /** The layer of a part, such as {@code decoder.1}. */
    private static String layer(String path) {
        String[] names = path.split("\\.");
        return names.length > 1 && names[1].chars().allMatch(Character::isDigit) ? names[0] + "." + names[1] : path;
    }

    private static String stack(String layer) {
        return layer.contains(".") ? layer.substring(0, layer.indexOf('.')) : layer;
    }

    /** The figure. @param models name to its parts @param lengths at which cost is counted, in words */
    public static Figure of(String name, Map<String, List<PartCost>> models, String lengths, Quantity quantity) {
        var stacks = new LinkedHashSet<String>();
        models.values().forEach(parts -> layers(parts, quantity).keySet().forEach(layer -> stacks.add(stack(layer))));
        List<String> order = new ArrayList<>(stacks);
        List<Key> keys = order.stream().map(stack -> new Key(stack, Palette.part(order.indexOf(stack)), Key.Mark.AREA)).toList();
        var table = new ArrayList<List<Object>>(List.of(List.of("model", "layer", quantity.unit)));
        models.forEach((model, parts) -> layers(parts, quantity).forEach((layer, cost) -> table.add(List.of(model, layer, cost))));
        String words = models.entrySet().stream().map(model -> String.format(Locale.ROOT, "%s: %.3g %s, of which ", model.getKey(),
                sum(model.getValue(), quantity), quantity.unit)
                + layers(model.getValue(), quantity).entrySet().stream().map(layer -> String.format(Locale.ROOT, "%s %.3g", layer.getKey(),
                layer.getValue()))
                        .collect(Collectors.joining(", "))).collect(Collectors.joining("; "));
        return new Figure(name, "Cost by layer, modelled: " + quantity.title, "Modelled, not measured: " + lengths
                + ". Each piece is a layer, in the order in which they come to work.",
                "Modelled " + quantity.axis + ". " + words, chart(models, order, keys, quantity), RowPlot.height(models.size()), keys, table);
    }

    private static double sum(List<PartCost> parts, Quantity quantity) {
        return layers(parts, quantity).values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static JFreeChart chart(Map<String, List<PartCost>> models, List<String> stacks, List<Key> keys,
            Quantity quantity) {
        double longest = models.values().stream().mapToDouble(parts -> sum(parts, quantity)).max().orElse(1);
        var plot = new RowPlot(List.copyOf(models.keySet()), quantity.unit + " " + quantity.axis, 0, longest * ROOM);
        int row = 0;
        for (List<PartCost> parts : models.values()) {
            double end = 0;
            for (Map.Entry<String, Double> layer : layers(parts, quantity).entrySet()) {
                Color colour = Palette.part(stacks.indexOf(stack(layer.getKey())));
                plot.bar(row, end, end + layer.getValue(), HALF, colour);
                end += layer.getValue();
                plot.tick(row, end, HALF, 1.5f, Palette.PAPER);
            }
            plot.note(row, end, String.format(Locale.ROOT, "  %.3g %s", end, quantity.unit));
            row++;
        }
        return plot.chart(keys);
    }
}
