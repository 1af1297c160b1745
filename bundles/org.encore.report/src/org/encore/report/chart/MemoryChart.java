package org.encore.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.encore.report.table.Measured;

/** What memory is made of: weights, caches, and the rest of what a process takes beyond one that loads no model. */
public final class MemoryChart {

    private static final double MEGA = 1e6;
    private static final double HALF = 0.17;
    private static final double ROOM = 1.25;
    private static final List<Key> KEYS = List.of(new Key("weights", Palette.part(0), Key.Mark.AREA),
            new Key("caches and state", Palette.part(1), Key.Mark.AREA), new Key("rest of the peak", Palette.part(2), Key.Mark.AREA));

    private MemoryChart() {}

    /** Parts in 10^6 bytes. @param rest NaN if the peak was not measured */
    private record Stack(Measured model, double weights, double state, double rest) {

        double end() {
            return weights + state + (Double.isFinite(rest) ? rest : 0);
        }

        String words() {
            return String.format(Locale.ROOT, "%s: weights %.2f MB, caches and state %.3f MB", model.name(), weights, state)
                    + (Double.isFinite(rest) ? String.format(Locale.ROOT, ", rest %.1f MB", rest) : "");
        }
    }

    /**
     * The figure of one race.
     *
     * @param empty peak of a process that loads no model, in 10^6 bytes; NaN if it was not measured
     */
    public static Figure of(String name, String where, List<Measured> models, double empty) {
        List<Stack> stacks = models.stream().map(model -> stack(model, empty)).toList();
        boolean peak = stacks.stream().anyMatch(stack -> Double.isFinite(stack.rest()));
        double end = stacks.stream().mapToDouble(Stack::end).max().orElse(1);
        var plot = new RowPlot(models.stream().map(Measured::name).toList(), peak ? "MB beyond an empty process" : "MB", 0, end * ROOM);
        var table = new ArrayList<List<Object>>(List.of(List.of("model", "weightsMB", "stateMB", "restMB", "peakMB", "emptyProcessMB")));
        for (int row = 0; row < stacks.size(); row++) {
            Stack stack = stacks.get(row);
            plot.bar(row, 0, stack.weights(), HALF, Palette.part(0));
            plot.bar(row, stack.weights(), stack.weights() + stack.state(), HALF, Palette.part(1));
            if (Double.isFinite(stack.rest())) {
                plot.bar(row, stack.weights() + stack.state(), stack.end(), HALF, Palette.part(2));
            }
            plot.note(row, stack.end(), String.format(Locale.ROOT, "  %.1f MB", stack.end()));
            table.add(List.of(stack.model().name(), stack.weights(), stack.state(), stack.rest(), stack.model().found().peakMegabytes(), empty));
        }
        List<Key> keys = peak ? KEYS : KEYS.subList(0, 2);
        String caption = !peak ? "Weights and caches as given to the runtime. The peak of the whole process was not measured."
                : String.format(Locale.ROOT, "Peak resident memory of a process that loads one model and generates, beyond one that loads none. "
                        + "Both include Java: the empty one has "
                        + "%.0f MB, which are not drawn.", empty);
        return new Figure(name, "Memory" + where, caption, "Memory" + where + ". " + stacks.stream().map(Stack::words)
                .collect(Collectors.joining("; ")), plot.chart(keys), RowPlot.height(stacks.size()), keys, table);
    }

    private static Stack stack(Measured model, double empty) {
        double weights = model.found().weightBytes() / MEGA;
        double state = model.found().stateBytes() / MEGA;
        double rest = model.found().peakMegabytes() - empty - weights - state;
        return new Stack(model, weights, state, Double.isFinite(rest) ? Math.max(0, rest) : Double.NaN);
    }
}
