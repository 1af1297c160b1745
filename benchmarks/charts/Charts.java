import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

import org.encore.api.run.Event;
import org.encore.report.chart.ChartStyle;
import org.encore.report.chart.LossChart;
import org.jfree.chart.JFreeChart;

/**
 * What a live chart costs: the chart of losses made anew of all that was read so far, and drawn as the window draws it, on a thread beside the user
 * interface's. Goal: 20 times a second.
 */
final class Charts {

    private static final int TIMES = 15;
    private static final int MODELS = 6;
    private static final int WIDTH = 900;
    private static final int HEIGHT = 520;

    public static void main(String[] arguments) {
        for (int points : new int[] {1_000, 100_000, 1_000_000}) {
            List<Event.Cell> cells = new ArrayList<>();
            Map<String, List<Event.TrainStep>> training = new LinkedHashMap<>();
            Map<String, List<Event.TrainEvaluation>> development = new LinkedHashMap<>();
            for (int model = 0; model < MODELS; model++) {
                String cell = "v" + model % 2 + "-seed" + (model / 2 + 1);
                cells.add(new Event.Cell(cell, "v" + model % 2, model / 2 + 1, 1_000_000, Map.of()));
                training.put(cell, steps(cell, points, new Random(model)));
                development.put(cell, List.of(new Event.TrainEvaluation(cell, 1, 1000, 3), new Event.TrainEvaluation(cell, points, points * 1000L, 1)));
            }
            Supplier<JFreeChart> make = () -> LossChart.of("", cells, training, development);
            JFreeChart made = make.get();
            String what = String.format(Locale.ROOT, "%d models of %,d points: ", MODELS, points);
            print(what + "made", median(make::get));
            print(what + "drawn, 100 %", median(() -> ChartStyle.image(made, WIDTH, HEIGHT, 1, false, null)));
            print(what + "drawn, 200 %", median(() -> ChartStyle.image(made, WIDTH, HEIGHT, 2, false, null)));
        }
    }

    private static List<Event.TrainStep> steps(String cell, int points, Random random) {
        var steps = new ArrayList<Event.TrainStep>(points);
        for (int i = 1; i <= points; i++) {
            steps.add(new Event.TrainStep(cell, i, i * 1000L, points * 1000L, 3 / Math.log(2 + i) + 0.1 * random.nextGaussian(), 1e-3, 1, 1e4));
        }
        return steps;
    }

    private static double median(Supplier<?> work) {
        var times = new ArrayList<Double>();
        for (int i = 0; i < TIMES; i++) {
            long begun = System.nanoTime();
            work.get();
            times.add((System.nanoTime() - begun) / 1e6);
        }
        return times.stream().sorted().toList().get(TIMES / 2);
    }

    private static void print(String what, double millis) {
        System.out.printf(Locale.ROOT, "%-55s median %8.1f ms%n", what, millis);
    }
}
