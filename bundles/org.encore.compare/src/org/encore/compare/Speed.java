package org.encore.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.compare.Contrast.Basis;
import org.encore.compare.Contrast.Subject;
import org.encore.compare.Contrast.Word;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.RunPlan;
import org.encore.experiment.result.RunResults;

/** Times of models compared, as measured in pairs: about these models on this machine, whatever their seeds. */
final class Speed {

    private static final String FIRST_TOKEN = "firstTokenMillis";

    private Speed() {}

    /** Every pair of every race of a run. */
    static List<Contrast> contrasts(RunResults run, Question question) {
        var contrasts = new ArrayList<Contrast>();
        run.benchmarks().forEach((label, race) -> {
            for (BenchmarkSummary.Comparison comparison : race.comparisons()) {
                contrast(run, label, race, comparison, question).ifPresent(contrasts::add);
            }
        });
        return contrasts;
    }

    private static Optional<Contrast> contrast(RunResults run, String label, BenchmarkSummary race, BenchmarkSummary.Comparison c, Question question) {
        String faster = variant(run, c.faster());
        String slower = variant(run, c.slower());
        if (faster.equals(slower)) {
            return Optional.empty(); // the same variant at two places of an axis
        }
        boolean asIs = question.ordered(faster, slower).getFirst().equals(faster);
        boolean bounded = Double.isFinite(c.ratio().high()) && c.ratio().low() > 0;
        double ratio = asIs ? c.ratio().median() : 1 / c.ratio().median();
        Double low = !bounded ? null : (Double) (asIs ? c.ratio().low() : 1 / c.ratio().high());
        Double high = !bounded ? null : (Double) (asIs ? c.ratio().high() : 1 / c.ratio().low());
        boolean noise = bounded && c.ratio().low() > 1 && c.ratio().median() <= floor(race, c.quantity());
        boolean shown = bounded && c.ratio().low() > 1 && !noise;
        Word word = !shown ? Word.INCONCLUSIVE : asIs ? Word.BETTER : Word.WORSE;
        String first = asIs ? faster : slower;
        String second = asIs ? slower : faster;
        Map<String, String> place = place(run, label, c);
        boolean firstToken = c.quantity().equals(FIRST_TOKEN);
        return Optional.of(new Contrast(Subject.SPEED, first, second, place, c.quantity(), "", "", true, millis(race, asIs ? c.faster() : c.slower(), firstToken),
                millis(race, asIs ? c.slower() : c.faster(), firstToken), ratio, low, high, c.pairs(), Basis.REPEATS, word, 0, false, null, null,
                Words.speed(first, second, place, firstToken, ratio, low, high, word, c.pairs(), noise)));
    }

    /** What one model differs from itself. */
    private static double floor(BenchmarkSummary race, String quantity) {
        BenchmarkSummary.Estimate noise = race.noiseFloor().get(quantity);
        return noise == null || !(noise.low() > 0) || !Double.isFinite(noise.high()) ? 1 : Math.max(noise.high(), 1 / noise.low());
    }

    private static double millis(BenchmarkSummary race, String cell, boolean firstToken) {
        BenchmarkSummary.Cell measured = race.cells().get(cell);
        return measured == null ? Double.NaN : firstToken ? measured.firstTokenMillis().median() : measured.perTokenMillis().median();
    }

    private static String variant(RunResults run, String cell) {
        return run.cells().stream().filter(c -> c.id().equals(cell)).map(c -> c.variant()).findFirst().orElse(cell);
    }

    /** Where both stand, if one race was not all. */
    private static Map<String, String> place(RunResults run, String label, BenchmarkSummary.Comparison c) {
        Optional<Map<String, String>> of = run.plan().flatMap(plan -> plan.cells().stream().filter(cell -> cell.id().equals(c.faster())).findFirst())
                .map(RunPlan.OfCell::axes);
        return label.isEmpty() ? Map.of() : of.orElse(Map.of());
    }
}
