package org.encore.experiment.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.encore.api.run.Stage.Scope;
import org.encore.experiment.job.Effort;
import org.encore.experiment.job.Job;
import org.encore.experiment.job.Jobs;
import org.encore.experiment.plan.Node;
import org.encore.experiment.plan.Plan;
import org.encore.experiment.store.Store;

/**
 * What a plan would take on this machine.
 *
 * @param lines one for each stage
 * @param seconds of wall time, modelled
 */
public record Forecast(List<Line> lines, double seconds) {

    /**
     * A stage.
     *
     * @param jobs different executions
     * @param cached of them, done before
     * @param seconds that the others would take one after another, modelled
     * @param basis earlier jobs of this machine that the estimate was made from, at most; 0 for a guess
     */
    public record Line(String stage, int jobs, int cached, double seconds, int basis) {}

    /** Looks at the store and at how long earlier jobs took; executes nothing. */
    public static Forecast of(Plan plan, Workshop workshop) {
        var resources = plan.experiment().header().resources();
        var jobs = new Jobs(workshop.store(), Path.of(""), resources.threadsEach(), workshop.registry());
        var finished = new Store(workshop.store()).all();
        var times = new TimeBook(workshop.store());
        var effort = new Effort(workshop.registry());
        var lines = new LinkedHashMap<String, Line>();
        var seen = new java.util.HashSet<String>();
        for (List<Node> ofStage : byStage(plan.nodes())) {
            String stage = ofStage.getFirst().stage().id();
            for (Optional<Made> one : made(ofStage, jobs)) {
                Line before = lines.getOrDefault(stage, new Line(stage, 0, 0, 0, 0));
                if (one.isEmpty()) {
                    lines.put(stage, new Line(stage, before.jobs() + 1, before.cached(), before.seconds() + times.estimate(stage, 0).seconds(), before.basis()));
                    continue;
                }
                String folder = stage + "-" + one.get().job().key();
                jobs.found(one.get().node(), one.get().job(), workshop.store().resolve(folder));
                if (seen.add(folder)) {
                    boolean cached = finished.contains(folder);
                    TimeBook.Estimate estimate = cached ? new TimeBook.Estimate(0, 0) : times.estimate(stage, effort.of(one.get().job()));
                    lines.put(stage, new Line(stage, before.jobs() + 1, before.cached() + (cached ? 1 : 0), before.seconds() + estimate.seconds(),
                            Math.max(before.basis(), estimate.jobs())));
                }
            }
        }
        return new Forecast(new ArrayList<>(lines.values()), wall(plan, lines, resources.workers()));
    }

    private record Made(Node node, Job job) {}

    /** Jobs of a stage, empty where there is none to be cached. Keys of many cells are worth all processors: nodes of one stage do not need each other. */
    private static List<Optional<Made>> made(List<Node> nodes, Jobs jobs) {
        return nodes.parallelStream().map(node -> node.scope() == Scope.RUN ? Optional.<Made>empty() : jobs.of(node).map(job -> new Made(node, job))).toList();
    }

    /** In the order of the plan, in which every stage stands after what it needs. */
    private static Collection<List<Node>> byStage(List<Node> nodes) {
        return nodes.stream().collect(Collectors.groupingBy(node -> node.stage().id(), LinkedHashMap::new, Collectors.toList())).values();
    }

    /** Measurements run alone, other work beside each other. */
    private static double wall(Plan plan, Map<String, Line> lines, int workers) {
        double seconds = 0;
        for (Node node : plan.nodes().stream().collect(Collectors.toMap(n -> n.stage().id(), n -> n, (a, b) -> a)).values()) {
            var stage = node.stage().extension();
            Line line = lines.get(node.stage().id());
            int beside = stage.measures() || !stage.isolated() ? 1 : Math.min(workers, Math.max(1, line.jobs() - line.cached()));
            seconds += line.seconds() / beside;
        }
        return seconds;
    }
}
