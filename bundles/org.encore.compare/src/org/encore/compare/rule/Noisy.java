package org.encore.compare.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.encore.compare.finding.Finding;
import org.encore.compare.finding.Finding.Severity;
import org.encore.experiment.result.BenchmarkSummary;

/** A measurement on a machine that was not at rest. */
final class Noisy implements Rule {

    /** Width of the interval of a model against itself beyond which small differences cannot be seen. */
    private static final double WIDE = 0.10;

    /** A measurement and where on the matrix it stands; empty where there is only one place. */
    private record Placed(String place, BenchmarkSummary race) {}

    @Override
    public List<Finding> check(Evidence evidence) {
        var races = new ArrayList<Placed>();
        evidence.runs().forEach(run -> run.benchmarks().forEach((place, race) -> races.add(new Placed(place, race))));
        var findings = new ArrayList<Finding>();
        disturbed(races.stream().filter(placed -> placed.race().course().noisy()).toList(), findings);
        unsettled(races.stream().filter(placed -> !placed.race().course().stationary()).toList(), findings);
        races.forEach(placed -> wide(placed, findings));
        return findings;
    }

    private static void disturbed(List<Placed> races, List<Finding> findings) {
        if (!races.isEmpty()) {
            long voided = races.stream().mapToLong(placed -> placed.race().voided()).sum();
            long repeats = voided + races.stream().mapToLong(placed -> placed.race().repeats()).sum();
            boolean throughout = races.stream().anyMatch(placed -> placed.race().course().disturbedThroughout());
            findings.add(new Finding("noisy", Severity.WARNING,
                    String.format(Locale.ROOT, "the machine was disturbed while it measured%s: %d of %d repeats were voided%s",
                            at(races), voided, repeats, throughout ? ", so many that times are of all of them" : ""),
                    "By the rule fixed beforehand, a repeat is voided if time was stolen, waited or taken by foreign load, never because of what it measured."
                            + " After some retries what there is is published as it is, with its wide interval.",
                    "Measure again when nothing else runs"));
        }
    }

    private static void unsettled(List<Placed> races, List<Finding> findings) {
        if (!races.isEmpty()) {
            findings.add(new Finding("not-settled", Severity.WARNING, "times had not settled when warm-up ended" + at(races),
                    "The first repeats may be slower than the rest.", "Raise benchmark.warmup"));
        }
    }

    private static void wide(Placed placed, List<Finding> findings) {
        placed.race().noiseFloor().forEach((quantity, noise) -> {
            if (Double.isFinite(noise.high()) && noise.low() > 0 && noise.high() / noise.low() > 1 + WIDE) {
                String summary = String.format(Locale.ROOT, "one model against itself%s: the time %s differs by a factor of %.2f [%.2f, %.2f]", at(List.of(placed)),
                        quantity.equals("firstTokenMillis") ? "to the first token" : "to each later token", noise.median(), noise.low(), noise.high());
                findings.add(new Finding("wide-noise", Severity.NOTE, summary, "Differences smaller than that cannot be told from noise.",
                        "Raise benchmark.repeats, or measure when nothing else runs"));
            }
        });
    }

    private static String at(List<Placed> races) {
        String places = races.stream().map(Placed::place).filter(place -> !place.isEmpty()).collect(Collectors.joining("; "));
        return places.isEmpty() ? "" : " (" + places + ")";
    }
}
