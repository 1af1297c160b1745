package org.encore.compare.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.encore.api.run.Event;
import org.encore.compare.finding.Finding;
import org.encore.compare.finding.Finding.Severity;
import org.encore.experiment.result.RunResults;

/** A seed that is far from all others of its variant: a training that went wrong, which one mean hides. */
final class OutlyingSeed implements Rule {

    /** Distance from the median in median absolute deviations, scaled to a normal standard deviation (Leys et al. 2013, recommended for outliers: 3). */
    private static final double FAR = 5;
    private static final double TO_SIGMA = 1.4826;
    private static final int FEWEST_SEEDS = 5;

    @Override
    public List<Finding> check(Evidence evidence) {
        var far = new ArrayList<String>();
        for (RunResults run : evidence.runs()) {
            Map<Object, List<Event.Cell>> groups = new LinkedHashMap<>();
            run.cells().forEach(cell -> groups.computeIfAbsent(List.of(cell.variant(), cell.axes()), k -> new ArrayList<>()).add(cell));
            groups.values().forEach(group -> outliers(run, group, far));
        }
        return far.isEmpty() ? List.of() : List.of(new Finding("outlying-seed", Severity.WARNING, "far from the other seeds of its variant: " + String.join(", ", far),
                "Least development losses are compared; beyond 5 scaled median absolute deviations a training has probably gone wrong. The mean and its "
                + "interval contain it.",
                "Look at its curve. If trainings go wrong now and then, that belongs to the variant and should be reported; a lower learning rate or "
                + "clipping may help"));
    }

    private static void outliers(RunResults run, List<Event.Cell> group, List<String> far) {
        double[] losses = group.stream().mapToDouble(cell -> run.development().getOrDefault(cell.id(), List.of()).stream()
                .mapToDouble(Event.TrainEvaluation::loss).min().orElse(Double.NaN)).toArray();
        if (losses.length < FEWEST_SEEDS || Arrays.stream(losses).anyMatch(Double::isNaN)) {
            return;
        }
        double median = median(losses);
        double deviation = TO_SIGMA * median(Arrays.stream(losses).map(loss -> Math.abs(loss - median)).toArray());
        for (int i = 0; i < losses.length; i++) {
            if (deviation > 0 && Math.abs(losses[i] - median) > FAR * deviation) {
                far.add(group.get(i).id());
            }
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
