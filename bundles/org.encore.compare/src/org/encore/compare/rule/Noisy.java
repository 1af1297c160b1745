package org.encore.compare.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.encore.compare.finding.Finding;
import org.encore.compare.finding.Finding.Severity;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.RunResults;

/** A measurement on a machine that was not at rest. */
final class Noisy implements Rule {

    /** Width of the interval of a model against itself beyond which small differences cannot be seen. */
    private static final double WIDE = 0.10;

    @Override
    public List<Finding> check(Evidence evidence) {
        var findings = new ArrayList<Finding>();
        for (RunResults run : evidence.runs()) {
            run.benchmarks().forEach((label, race) -> check(race, findings));
        }
        return findings;
    }

    private static void check(BenchmarkSummary race, List<Finding> findings) {
        if (race.course().noisy()) {
            findings.add(new Finding("noisy", Severity.WARNING, String.format(Locale.ROOT, "the machine was disturbed while it measured: %d of %d repeats were voided%s",
                    race.voided(), race.voided() + race.repeats(), race.course().disturbedThroughout() ? ", so many that times are of all of them" : ""),
                    "By the rule fixed beforehand, a repeat is voided if time was stolen, waited or taken by foreign load, never because of what it measured."
                            + " After some retries what there is is published as it is, with its wide interval.",
                    "Measure again when nothing else runs"));
        }
        if (!race.course().stationary()) {
            findings.add(new Finding("not-settled", Severity.WARNING, "times had not settled when warm-up ended",
                    "The first repeats may be slower than the rest.", "Raise benchmark.warmup"));
        }
        race.noiseFloor().forEach((quantity, noise) -> {
            if (Double.isFinite(noise.high()) && noise.low() > 0 && noise.high() / noise.low() > 1 + WIDE) {
                String summary = String.format(Locale.ROOT, "one model against itself: the time %s differs by a factor of %.2f [%.2f, %.2f]",
                        quantity.equals("firstTokenMillis") ? "to the first token" : "to each later token", noise.median(), noise.low(), noise.high());
                findings.add(new Finding("wide-noise", Severity.NOTE, summary, "Differences smaller than that cannot be told from noise.",
                        "Raise benchmark.repeats, or measure when nothing else runs"));
            }
        });
    }
}
