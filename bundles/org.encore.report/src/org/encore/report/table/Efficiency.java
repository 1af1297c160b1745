package org.encore.report.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.encore.api.Counted;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.BenchmarkSummary.Comparison;
import org.encore.experiment.result.BenchmarkSummary.Estimate;
import org.encore.experiment.result.RunResults;
import org.encore.modelled.Predictions;

/**
 * Speed and memory in full: what 'encore bench' prints and the report's section on efficiency shows. Measured and modelled numbers never stand in one
 * table.
 */
public final class Efficiency {

    /** Columns of what was measured. */
    public static final List<String> MEASURED = List.of("model", "first token ms", "later p50 ms", "p90", "p99", "request ms", "tokens/s",
            "weights MB", "caches MB",
            "peak MB", "of the roofline: first", "later");
    /** Columns of what was modelled. */
    public static final List<String> MODELLED = List.of("device (modelled)", "model", "precision", "first token ms", "bound by", "later token ms",
            "bound by",
            "weights MB", "caches MB", "fits");

    private static final double MEGA = 1e6;
    private static final String FIRST = "firstTokenMillis";
    /** What is worth no word: no value, and 0 threads, which are all. */
    private static final List<String> UNSET = List.of("", "null", "0", "[]");

    private static final Estimate NOTHING = new Estimate(Double.NaN, Double.NaN, Double.NaN);

    private Efficiency() {}

    /** Whether a run is about this: nobody trained its models, or something was predicted. */
    public static boolean concerns(RunResults results) {
        return results.benchmarks().values().stream().anyMatch(race -> race.course().untrained()) || predictions(results).isPresent();
    }

    /** What was modelled in a run. */
    public static Optional<Predictions> predictions(RunResults results) {
        try {
            return Predictions.read(results);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Lengths and conditions of one race, in words. */
    public static String title(String label, BenchmarkSummary race) {
        String conditions = race.conditions().entrySet().stream().filter(option -> !option.getKey().contains(".")
                && !UNSET.contains(option.getValue()))
                .sorted(Map.Entry.comparingByKey()).map(option -> option.getKey() + " " + option.getValue()).collect(Collectors.joining(", "));
        return (race.single() ? "" : race.turn().scenario() + ": ") + "n = " + race.sourceTokens() + " tokens read, m = " + race.targetTokens() + " generated"
                + (conditions.isEmpty() ? "" : "; " + conditions) + (label.isEmpty() ? "" : " (" + Names.safe(label) + ")")
                + (race.course().partial() ? ": PARTIAL, stopped after " + Counted.of(race.repeats() + race.voided(), "repeat") : "");
    }

    /** A row for each model of a race. */
    public static List<List<String>> measured(RunResults results, BenchmarkSummary race) {
        var rows = new ArrayList<List<String>>();
        for (Measured model : Measured.of(results, race)) {
            BenchmarkSummary.Cell found = model.found();
            BenchmarkSummary.Percentiles later = found.laterMillis();
            BenchmarkSummary.Roofline roofline = found.roofline();
            rows.add(List.of(model.name(), Intervals.of(found.firstTokenMillis(), decimals(found.firstTokenMillis())), later == null ? ""
                    : number(later.p50()),
                    later == null ? "" : number(later.p90()), later == null ? "" : number(later.p99()), found.endToEndMillis() == null ? ""
                            : Intervals.of(found.endToEndMillis(), decimals(found.endToEndMillis())),
                    found.endToEndMillis() == null ? "" : number(race.turn().rows() * race.targetTokens() * 1e3 / found.endToEndMillis().median()),
                    number(found.weightBytes() / MEGA),
                    number(found.stateBytes() / MEGA), Double.isFinite(found.peakMegabytes()) ? number(found.peakMegabytes()) : "-",
                    roofline == null ? "not known" : share(roofline.firstShare()), roofline == null ? "not known" : share(roofline.laterShare())));
        }
        return rows;
    }

    /** Every pair of a race in words, with the share of the roofline of both sides. */
    public static List<String> ratios(RunResults results, BenchmarkSummary race) {
        Map<String, Measured> models = Measured.of(results, race).stream().collect(Collectors.toMap(Measured::cell, model -> model));
        var lines = new ArrayList<String>();
        for (Comparison pair : race.comparisons()) {
            Measured faster = models.get(pair.faster());
            Measured slower = models.get(pair.slower());
            if (faster == null || slower == null) {
                continue;
            }
            boolean first = pair.quantity().equals(FIRST);
            String what = first ? "the first token" : "each later token";
            String said = Intervals.bounded(pair.ratio()) && pair.ratio().low() > 1
                    ? String.format(Locale.ROOT, "%s gives %s %s times sooner than %s", faster.name(), what, Intervals.of(pair.ratio(), 2),
                    slower.name())
                    : String.format(Locale.ROOT, "no difference shown for %s: %s over %s is %s", what, slower.name(), faster.name(),
                            Intervals.of(pair.ratio(), 2));
            lines.add(String.format(Locale.ROOT, "%s (n = %s)%s; noise floor %s", said, Counted.of(pair.pairs(), "pair"), shares(faster, slower, first),
                    Intervals.of(race.noiseFloor().getOrDefault(pair.quantity(), NOTHING), 3)));
        }
        return lines;
    }

    private static String shares(Measured faster, Measured slower, boolean first) {
        BenchmarkSummary.Roofline a = faster.found().roofline();
        BenchmarkSummary.Roofline b = slower.found().roofline();
        return a == null || b == null ? "; shares of the roofline not known (encore devices)"
                : String.format(Locale.ROOT, "; of the roofline %s is at %s, %s at %s", faster.name(), share(first ? a.firstShare()
                : a.laterShare()), slower.name(),
                        share(first ? b.firstShare() : b.laterShare()));
    }

    /** Where a turn has several requests, such as the messages of a chat: first tokens of each, in words. */
    public static List<String> byRequest(RunResults results, BenchmarkSummary race) {
        var lines = new ArrayList<String>();
        for (Measured model : Measured.of(results, race)) {
            List<Estimate> each = model.found().firstTokens();
            if (each != null && each.size() > 1) {
                lines.add(model.name() + ", first token of each request in ms: " + each.stream().map(e -> Intervals.of(e, decimals(e)))
                        .collect(Collectors.joining(", ")));
            }
        }
        return lines;
    }

    /** How it was measured. */
    public static String circumstances(BenchmarkSummary race) {
        var course = race.course();
        int counted = race.repeats() + race.voided();
        String disturbed = course.disturbedThroughout() ? "more than half, so times are of all: a disturbed machine" : course.noisy() ? "noisy" : "";
        return String.format(Locale.ROOT,
                "measured: %s; %s; %s, all models in turns; %s after %d to warm up%s, %d of them voided%s",
                Names.safe(race.backend()), course.untrained() ? "random weights" : "trained weights", race.turn().scenario(),
                Counted.of(counted, "repeat"), course.warmup(), course.stationary() ? "" : " (times had not settled)", race.voided(), disturbed.isEmpty() ? "" : " (" + disturbed + ")");
    }

    /** A row for each model of a race on each device. */
    public static List<List<String>> modelled(RunResults results, BenchmarkSummary race, Predictions predictions) {
        var rows = new ArrayList<List<String>>();
        predictions.devices().forEach((id, device) -> Measured.of(results, race).forEach(model -> predictions.of(model.cell(), id).ifPresent(cell ->
                rows.add(List.of(id, model.name(), device.precision() + (device.fixedShapes() ? ", fixed shapes" : ""),
                predictions.firstToken(cell).number(),
                        cell.firstBound(), predictions.perToken(cell).number(), cell.laterBound(), number(cell.weightBytes() / MEGA),
                        number(cell.stateBytes() / MEGA),
                        cell.fits() ? "yes" : "NO")))));
        return rows;
    }

    /** What is to be known of everything modelled. */
    public static List<String> errors(Predictions predictions) {
        return List.of("modelled, not measured: lower bounds from data sheets (roofline). Error for first tokens: "
                + (predictions.firstError() == null ? "not known" : predictions.firstError()) + "; for later tokens: "
                + (predictions.laterError() == null ? "not known" : predictions.laterError()));
    }

    /** Everything as plain text. */
    public static String text(RunResults results) {
        var text = new StringBuilder();
        Optional<Predictions> predictions = predictions(results);
        results.benchmarks().forEach((label, race) -> {
            text.append(title(label, race)).append('\n').append(AlignedText.of(MEASURED, measured(results, race)));
            ratios(results, race).forEach(line -> text.append(line).append('\n'));
            byRequest(results, race).forEach(line -> text.append(line).append('\n'));
            text.append(circumstances(race)).append('\n');
            predictions.map(p -> modelled(results, race, p)).filter(rows -> !rows.isEmpty())
                    .ifPresent(rows -> text.append('\n').append(AlignedText.of(MODELLED, rows)));
            text.append('\n');
        });
        predictions.ifPresent(p -> errors(p).forEach(line -> text.append(line).append('\n')));
        return text.toString();
    }

    private static int decimals(Estimate estimate) {
        return estimate.median() < 10 ? 2 : estimate.median() < 100 ? 1 : 0;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
