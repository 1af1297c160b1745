package org.encore.report.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.encore.api.run.Event;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.RunResults;
import org.encore.experiment.result.Scores;

/** What may be said of a run: every sentence with its interval or its number of seeds. */
public final class Statements {

    private Statements() {}

    public static List<String> of(RunResults results) {
        var statements = new ArrayList<String>();
        quality(results, statements);
        results.benchmark().ifPresent(benchmark -> speed(benchmark, results, statements));
        results.failures().forEach(f -> statements.add("failed: " + (f.cell().isEmpty() ? "" : f.cell() + " ") + f.stage() + ": " + f.message()));
        if (!results.status().equals("done")) {
            statements.add("this run is " + results.status() + "; what is missing above has not been done");
        }
        return statements;
    }

    private static String seeds(RunResults results) {
        long seeds = results.cells().stream().mapToLong(Event.Cell::seed).distinct().count();
        return seeds == 1 ? "n = 1 seed: about these models only, not about architectures" : "n = " + seeds + " seeds";
    }

    /** The best model by the first metric on the test split, and the distance of the others, without a claim. */
    private static void quality(RunResults results, List<String> statements) {
        List<Event.Cell> scored = results.cells().stream().filter(c -> results.scores().containsKey(c.id())).toList();
        if (scored.size() < 2) {
            return;
        }
        Scores first = results.scores().get(scored.getFirst().id());
        String split = first.splits().containsKey("test") ? "test" : first.splits().keySet().iterator().next();
        String metric = first.splits().get(split).keySet().iterator().next();
        Scores.Score sample = first.splits().get(split).get(metric);
        List<Event.Cell> order = scored.stream().sorted((a, b) -> {
            int compared = Double.compare(value(results, a, split, metric), value(results, b, split, metric));
            return sample.lowerIsBetter() ? compared : -compared;
        }).toList();
        var line = new StringBuilder(metric.toUpperCase(Locale.ROOT) + " on " + split + " (" + String.format(Locale.ROOT, "%,d", sample.examples())
                + " examples, " + first.decoding() + "): ");
        line.append(String.join(", ", order.stream().map(c -> String.format(Locale.ROOT, "%s %.2f %s", c.variant(), value(results, c, split, metric),
                sample.unit())).toList()));
        statements.add(line + " (" + seeds(results) + ")");
    }

    private static double value(RunResults results, Event.Cell cell, String split, String metric) {
        return results.scores().get(cell.id()).splits().get(split).get(metric).value();
    }

    private static void speed(BenchmarkSummary benchmark, RunResults results, List<String> statements) {
        for (BenchmarkSummary.Comparison c : benchmark.comparisons()) {
            String what = c.quantity().equals("firstTokenMillis") ? "the first token" : "each later token";
            String faster = variant(results, c.faster());
            String slower = variant(results, c.slower());
            String interval = String.format(Locale.ROOT, "%.2fx [%.2f, %.2f]", c.ratio().median(), c.ratio().low(), c.ratio().high());
            boolean seen = c.ratio().low() > 1;
            statements.add(seen ? String.format("%s reaches %s %s sooner than %s (n = %d pairs; %s)", faster, what, interval, slower, c.pairs(), seeds(results))
                    : String.format("%s and %s: no difference seen in %s, ratio %s (n = %d pairs; %s)", faster, slower, what, interval, c.pairs(), seeds(results)));
        }
        statements.add(String.format(Locale.ROOT, "noise: one model against itself %.3fx [%.3f, %.3f] to the first token; %d of %d repeats voided",
                benchmark.noiseFloor().median(), benchmark.noiseFloor().low(), benchmark.noiseFloor().high(), benchmark.voided(),
                benchmark.repeats() + benchmark.voided()));
        statements.add(String.format(Locale.ROOT, "measured: %s; batch 1, source %d tokens, output %d tokens; all models in turns, random order", benchmark.backend(),
                benchmark.sourceTokens(), benchmark.targetTokens())
                + (benchmark.environment().containsKey("empty process") ? "; peak memory includes Java: a process that loads no model has "
                        + benchmark.environment().get("empty process") : ""));
    }

    private static String variant(RunResults results, String cell) {
        return results.cells().stream().filter(c -> c.id().equals(cell)).findFirst().map(Event.Cell::variant).orElse(cell);
    }
}
