package org.encore.report.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.encore.api.run.Event;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.BenchmarkSummary.Comparison;
import org.encore.experiment.result.BenchmarkSummary.Estimate;
import org.encore.experiment.result.RunResults;
import org.encore.experiment.result.Scores;

/** What may be said of a run: every sentence with its interval and its number of seeds. */
public final class Statements {

    private static final String FIRST_TOKEN = "firstTokenMillis";
    private static final String PER_TOKEN = "perTokenMillis";

    private final RunResults results;
    private final Names names;
    private final String seeds;
    private final List<String> all = new ArrayList<>();

    private Statements(RunResults results) {
        this.results = results;
        this.names = Names.of(results.cells());
        long count = results.cells().stream().mapToLong(Event.Cell::seed).distinct().count();
        this.seeds = count == 1 ? "n = 1 seed" : "n = " + count + " seeds";
    }

    /** Everything that was found, and what it rests on. */
    public static List<String> of(RunResults results) {
        var statements = new Statements(results);
        statements.quality();
        results.benchmarks().values().forEach(statements::speed);
        if (!statements.all.isEmpty() && statements.seeds.equals("n = 1 seed")) {
            statements.all.add("n = 1 seed: all of this is about these models, not about their architectures");
        }
        Matched.of(results.folder().path()).ifPresent(statements.all::add);
        results.benchmarks().values().forEach(statements::protocol);
        results.failures().forEach(f -> statements.all.add("failed: " + (f.cell().isEmpty() ? "" : statements.names.of(f.cell()) + ", ")
                + Names.shown(f.stage())
                + ": " + f.message().replaceAll("[\\p{Cntrl}\\p{Cf}]", " ")));
        return List.copyOf(statements.all);
    }

    /** What to say of a run that has not come to its end. */
    public static Optional<String> unfinished(RunResults results) {
        String ending = switch (results.status()) {
            case "done" -> "";
            case "failed" -> "this run has failed in part";
            case "stopped" -> "this run was stopped; run the same file again to go on";
            default -> "this run is " + Names.shown(results.status());
        };
        return ending.isEmpty() ? Optional.empty() : Optional.of(ending + "; what is missing above has not been done");
    }

    /** For each metric all variants, best first, on the split that training and choice of options have not seen. */
    private void quality() {
        Set<String> splits = new LinkedHashSet<>();
        Map<String, Scores.Score> metrics = new LinkedHashMap<>();
        results.scores().values().forEach(s -> splits.addAll(s.splits().keySet()));
        String split = splits.contains("test") ? "test" : splits.stream().findFirst().orElse("");
        results.scores().values().forEach(s -> s.splits().getOrDefault(split, Map.of()).forEach(metrics::putIfAbsent));
        metrics.forEach((metric, score) -> quality(split, metric, score));
    }

    private void quality(String split, String metric, Scores.Score sample) {
        Map<String, DoubleSummaryStatistics> byVariant = new LinkedHashMap<>();
        for (Event.Cell cell : results.cells()) {
            ResultTable.score(results, cell.id(), split, metric)
                    .ifPresent(score -> byVariant.computeIfAbsent(cell.variant(), v -> new DoubleSummaryStatistics()).accept(score.value()));
        }
        Comparator<Map.Entry<String, DoubleSummaryStatistics>> better = Comparator.comparingDouble(entry -> entry.getValue().getAverage());
        List<String> ordered = byVariant.entrySet().stream().sorted(sample.lowerIsBetter() ? better : better.reversed())
                .map(entry -> Names.shown(entry.getKey()) + " " + value(entry.getValue(), Names.shown(sample.unit()))).toList();
        String decoding = results.scores().values().stream().map(Scores::decoding).distinct().map(Names::shown).reduce((a, b) -> a + " or " + b)
                .orElse("");
        all.add(String.format(Locale.ROOT, "%s on %s (%,d examples, %s): %s (%s)", ResultTable.title(metric), Names.shown(split),
                sample.examples(), decoding,
                String.join(", ", ordered), seeds));
    }

    private static String value(DoubleSummaryStatistics values, String unit) {
        return values.getCount() == 1 ? String.format(Locale.ROOT, "%.2f %s", values.getAverage(), unit).strip()
                : String.format(Locale.ROOT, "%.2f (from %.2f to %.2f) %s", values.getAverage(), values.getMin(), values.getMax(), unit).strip();
    }

    private void speed(BenchmarkSummary benchmark) {
        benchmark.comparisons().stream().filter(this::comparable).forEach(c -> all.add(comparison(c, benchmark.noiseFloor().get(c.quantity()))));
    }

    /** With several seeds, variants are compared within a seed; models that differ only in their seed differ in nothing that takes time. */
    private boolean comparable(Comparison c) {
        Optional<Event.Cell> faster = cell(c.faster());
        Optional<Event.Cell> slower = cell(c.slower());
        return faster.isEmpty() || slower.isEmpty()
                || faster.get().seed() == slower.get().seed() && !faster.get().variant().equals(slower.get().variant());
    }

    private Optional<Event.Cell> cell(String id) {
        return results.cells().stream().filter(c -> c.id().equals(id)).findFirst();
    }

    private String comparison(Comparison c, Estimate noise) {
        boolean first = c.quantity().equals(FIRST_TOKEN);
        String what = first ? "the first token" : "each later token";
        String faster = names.of(c.faster());
        String slower = names.of(c.slower());
        String basis = String.format(Locale.ROOT, "n = %d pairs, %s", c.pairs(), seeds);
        String ratio = Intervals.ratio(c.ratio());
        if (!Intervals.bounded(c.ratio())) {
            return String.format(Locale.ROOT, "%s and %s: too few pairs to say which reaches %s sooner, ratio %s (%s)", faster, slower, what,
                    ratio, basis);
        }
        if (c.ratio().low() <= 1) {
            return String.format(Locale.ROOT, "%s and %s: no difference seen in %s, ratio %s (%s)", faster, slower, what, ratio, basis);
        }
        if (Intervals.bounded(noise) && c.ratio().median() <= Math.max(noise.high(), 1 / noise.low())) {
            return String.format(Locale.ROOT, "%s and %s: no more difference in %s than one model has from itself, ratio %s (%s)", faster, slower,
                    what, ratio, basis);
        }
        return String.format(Locale.ROOT, "%s reaches %s %s sooner than %s (%s)", faster, what, ratio, slower, basis);
    }

    private void protocol(BenchmarkSummary benchmark) {
        all.add(String.format(Locale.ROOT,
                "noise: one model against itself %s to the first token, %s per later token; %d of %d repeats voided by the rule fixed beforehand",
                Intervals.of(benchmark.noiseFloor().get(FIRST_TOKEN), 3), Intervals.of(benchmark.noiseFloor().get(PER_TOKEN), 3), benchmark.voided(),
                benchmark.repeats() + benchmark.voided()));
        course(benchmark.course());
        String empty = benchmark.environment().get("empty process");
        all.add(String.format(Locale.ROOT, "measured: %s; batch 1, source %d tokens, output %d tokens; all models in turns, random order",
                benchmark.backend(),
                benchmark.sourceTokens(), benchmark.targetTokens())
                + (empty == null ? "" : "; peak memory includes Java: a process that loads no model has " + empty));
    }

    private void course(BenchmarkSummary.Course course) {
        if (course.disturbedThroughout()) {
            all.add("noisy: most repeats were disturbed by what else ran on the machine, so times are of all repeats, voided ones too");
        } else if (course.noisy()) {
            all.add("noisy: so many repeats were disturbed by what else ran on the machine that fewer are left than were asked for");
        }
        if (!course.evidence()) {
            all.add("disturbances: no evidence available, this system does not tell of stolen time, waiting and foreign load;"
                    + " nothing could be voided");
        }
        all.add("warm-up: " + course.warmup() + " repeats" + (course.stationary() ? ", until times had settled" : "; times had not settled then"));
    }
}
