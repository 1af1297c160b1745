import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

import org.encore.api.run.Event;
import org.encore.report.chart.ChartStyle;
import org.encore.report.chart.Figure;
import org.encore.report.chart.LossFigure;
import org.encore.report.curve.Curve;
import org.encore.report.curve.GrowingCurve;
import org.encore.report.table.Names;
import org.encore.report.table.Place;
import org.encore.report.table.Row;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;

/**
 * What a live chart costs: each curve becomes one point longer, the chart of losses is made anew, and drawn as the window draws it, on a thread
 * beside the user interface's. Goal: 20 times a second, with ten million points held.
 */
final class Charts {

    private static final int TIMES = 31;
    private static final int WIDTH = 900;
    private static final int HEIGHT = 520;
    private static final double MEGABYTE = 1 << 20;

    /** @param seeds of each of the variants */
    private record Models(int variants, int seeds) {

        @Override
        public String toString() {
            return variants * seeds + " curves" + (seeds == 1 ? "" : ", " + variants + " variants of " + seeds + " seeds");
        }
    }

    public static void main(String[] arguments) {
        for (Models models : List.of(new Models(2, 3), new Models(6, 1))) {
            for (int points : new int[] {1_000, 100_000, 1_000_000, 1_700_000}) {
                measure(models, points);
            }
        }
    }

    private static void measure(Models models, int points) {
        long before = held();
        List<Event.Cell> cells = new ArrayList<>();
        Map<String, GrowingCurve> training = new LinkedHashMap<>();
        var random = new Random(1);
        for (int variant = 0; variant < models.variants(); variant++) {
            for (int seed = 1; seed <= models.seeds(); seed++) {
                String cell = "v" + variant + "-seed" + seed;
                cells.add(new Event.Cell(cell, "v" + variant, seed, 1_000_000, Map.of()));
                training.put(cell, new GrowingCurve());
                for (int i = 1; i <= points; i++) {
                    add(training.get(cell), i, random);
                }
            }
        }
        String what = String.format(Locale.ROOT, "%s of %,d points: ", models, points);
        System.out.printf(Locale.ROOT, "%-82s %8.1f MB%n", what + "held", (held() - before) / MEGABYTE);
        var place = new Place("", "", Row.of(cells));
        Names names = Names.of(cells);
        int[] longer = {points};
        Supplier<Figure> make = () -> {
            longer[0]++;
            var now = new LinkedHashMap<String, Curve>();
            training.forEach((cell, curve) -> {
                add(curve, longer[0], random);
                now.put(cell, curve.now());
            });
            return LossFigure.of(place, names, now, Map.of());
        };
        print(what + "made and drawn, 100 %", () -> ChartStyle.image(make.get().chart(), WIDTH, HEIGHT, 1, false, null));
        print(what + "made and drawn, 200 %", () -> ChartStyle.image(make.get().chart(), WIDTH, HEIGHT, 2, false, null));
        JFreeChart chart = make.get().chart();
        XYPlot plot = chart.getXYPlot();
        double end = plot.getDomainAxis().getUpperBound();
        int[] turn = {0};
        print(what + "zoomed to a hundredth, 100 %", () -> {
            double left = end * (0.1 + 0.01 * (turn[0]++ % 70));
            plot.getDomainAxis().setRange(left, left + end / 100);
            return ChartStyle.image(chart, WIDTH, HEIGHT, 1, false, null);
        });
    }

    private static void add(GrowingCurve curve, int step, Random random) {
        curve.add(step * 1000L, 3 / Math.log(2 + step) + 0.1 * random.nextGaussian());
    }

    private static long held() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Medians: how long it takes, and how long the thread computes, which other work on the machine makes less of a difference to. */
    private static void print(String what, Supplier<?> work) {
        var threads = ManagementFactory.getThreadMXBean();
        var times = new ArrayList<Double>();
        var computing = new ArrayList<Double>();
        for (int i = 0; i < TIMES; i++) {
            long begun = System.nanoTime();
            long busy = threads.getCurrentThreadCpuTime();
            work.get();
            computing.add((threads.getCurrentThreadCpuTime() - busy) / 1e6);
            times.add((System.nanoTime() - begun) / 1e6);
        }
        System.out.printf(Locale.ROOT, "%-82s median %8.1f ms, computing %8.1f ms%n", what, median(times), median(computing));
    }

    private static double median(List<Double> of) {
        return of.stream().sorted().toList().get(TIMES / 2);
    }
}
