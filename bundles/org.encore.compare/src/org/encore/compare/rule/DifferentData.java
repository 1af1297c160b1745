package org.encore.compare.rule;

import java.util.List;
import java.util.stream.Collectors;

import org.encore.compare.finding.Finding;
import org.encore.compare.finding.Finding.Severity;
import org.encore.experiment.result.RunPlan;

/** Runs of different tasks have scores that say nothing about each other. */
final class DifferentData implements Rule {

    @Override
    public List<Finding> check(Evidence evidence) {
        var tasks = evidence.runs().stream().flatMap(run -> run.plan().stream()).map(plan -> plan.cells().stream().map(RunPlan.OfCell::task)
                .collect(Collectors.toCollection(java.util.TreeSet::new))).distinct().toList();
        return tasks.size() < 2 ? List.of() : List.of(new Finding("different-tasks", Severity.ERROR, "the runs are of different tasks: " + tasks,
                "A score on one task says nothing about a score on another.", "Compare runs of the same task"));
    }
}
