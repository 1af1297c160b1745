package org.encore.report.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.encore.compare.Comparison;
import org.encore.compare.Contrast;
import org.encore.compare.finding.Finding;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.RunResults;

/** A run in sentences: the answer to its question, what else may be said, what to know before one believes it, and how it was measured. */
public final class Statements {

    private static final int MOST_ROWS = 40;
    private static final int MOST_CONTRASTS = 24;

    private Statements() {}

    /** The answer and all other contrasts, each with its interval and what it is based on. */
    public static List<String> contrasts(Comparison comparison) {
        var lines = new ArrayList<String>();
        comparison.answer().ifPresent(answer -> lines.add("the question: " + Names.safe(answer.words())));
        List<Contrast> others = comparison.contrasts().stream().filter(contrast -> !contrast.primary()).toList();
        others.stream().limit(MOST_CONTRASTS).forEach(contrast -> lines.add(Names.safe(contrast.words())));
        if (others.size() > MOST_CONTRASTS) {
            lines.add(String.format(Locale.ROOT, "… and %,d more comparisons; all of them are in compare/contrasts.csv",
                    others.size() - MOST_CONTRASTS));
        }
        return lines;
    }

    /** What the checks found. */
    public static List<String> findings(Comparison comparison) {
        return comparison.findings().stream().map(Finding::line).map(Names::safe).toList();
    }

    /** What was matched, and how it was measured. */
    public static List<String> circumstances(RunResults results, Optional<Comparison> comparison) {
        var lines = new ArrayList<String>();
        if (comparison.stream().flatMap(c -> c.standings().stream()).anyMatch(standing -> standing.low() != null)) {
            lines.add("[95 %] of scores: over examples and, from three seeds on, over seeds too; of times: over repeats. "
                    + "Whether two differ is said above");
        }
        Matched.of(results).ifPresent(lines::add);
        results.benchmarks().forEach((label, race) -> protocol(label, race, lines));
        return lines;
    }

    /** What to say of a run that has not come to its end. */
    private static Optional<String> unfinished(RunResults results) {
        String ending = switch (results.status()) {
            case "done" -> "";
            case "failed" -> "this run has failed in part";
            case "stopped" -> "this run was stopped; run the same file again to go on";
            default -> "this run is " + Names.shown(results.status());
        };
        return ending.isEmpty() ? Optional.empty() : Optional.of(ending + "; what is missing above has not been done");
    }

    private static void protocol(String label, BenchmarkSummary race, List<String> lines) {
        String of = label.isEmpty() ? "" : " (" + Names.safe(label) + ")";
        race.noiseFloor().forEach((quantity, noise) -> lines.add(String.format(Locale.ROOT, "noise%s: one model against itself %s to %s", of,
                Intervals.of(noise, 3), quantity.equals("firstTokenMillis") ? "the first token" : "each later token")));
        lines.add(String.format(Locale.ROOT,
                "measured%s: %s; batch 1, source %d tokens, output %d tokens; %d repeats after %d to warm up, %d voided by the rule fixed "
                + "beforehand; all models in turns, random order", of, Names.safe(race.backend()), race.sourceTokens(), race.targetTokens(),
                race.repeats(), race.course().warmup(), race.voided()) + (race.course().evidence() ? ""
                : "; this system tells nothing of foreign load, so nothing could be voided"));
        String empty = race.environment().get("empty process");
        if (empty != null) {
            lines.add("peak memory" + of + " includes Java: a process that loads no model has " + Names.safe(empty));
        }
    }

    /**
     * Table and sentences of a run, as the terminal shows them.
     *
     * @param comparison empty before the run has come to that
     */
    public static String text(RunResults results, Optional<Comparison> comparison) {
        if (results.cells().isEmpty()) {
            return "this run has not begun: no model yet";
        }
        var text = new StringBuilder(ResultTable.of(results, comparison).text(MOST_ROWS));
        block(comparison.map(Statements::contrasts).orElse(List.of()), text);
        block(comparison.map(Statements::findings).orElse(List.of()), text);
        block(circumstances(results, comparison), text);
        block(unfinished(results).stream().toList(), text);
        return text.toString();
    }

    private static void block(List<String> lines, StringBuilder text) {
        if (!lines.isEmpty()) {
            text.append('\n');
            lines.forEach(line -> text.append(line).append('\n'));
        }
    }
}
