package org.encore.experiment.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        var asked = new Asked(jobs, new Store(workshop.store()).all(), new TimeBook(workshop.store()), new Effort(workshop.registry()));
        var lines = new LinkedHashMap<String, Line>();
        byStage(plan.nodes()).forEach(ofStage -> lines.put(ofStage.getFirst().stage().id(), asked.line(ofStage)));
        return new Forecast(new ArrayList<>(lines.values()), wall(plan, lines, resources.workers()));
    }

    /** One execution. @param folder of its result; empty if it cannot be known before others have ended, so that it is none that is there */
    private record Made(Optional<String> folder, boolean cached, TimeBook.Estimate estimate) {}

    /** What is asked about each node. */
    private record Asked(Jobs jobs, Set<String> finished, TimeBook times, Effort effort) {

        /** Of a stage. Two nodes may have the same result, which is counted once. */
        Line line(List<Node> nodes) {
            int different = 0;
            int cached = 0;
            double seconds = 0;
            int basis = 0;
            var seen = new HashSet<String>();
            for (Made made : all(nodes)) {
                if (made.folder().isPresent() && !seen.add(made.folder().get())) {
                    continue;
                }
                different++;
                cached += made.cached() ? 1 : 0;
                seconds += made.estimate().seconds();
                basis = Math.max(basis, made.folder().isPresent() ? made.estimate().jobs() : 0);
            }
            return new Line(nodes.getFirst().stage().id(), different, cached, seconds, basis);
        }

        /** Keys of many cells are worth all processors: nodes of one stage do not need each other. */
        private List<Made> all(List<Node> nodes) {
            return nodes.parallelStream().map(this::made).toList();
        }

        private Made made(Node node) {
            String stage = node.stage().id();
            Optional<Job> known = node.scope() == Scope.RUN ? Optional.empty() : jobs.of(node);
            if (known.isEmpty()) {
                return new Made(Optional.empty(), false, times.estimate(stage, 0));
            }
            Job job = known.get();
            String folder = stage + "-" + job.key();
            jobs.found(node, job, job.store().resolve(folder));
            return finished.contains(folder) ? new Made(Optional.of(folder), true, new TimeBook.Estimate(0, 0))
                    : new Made(Optional.of(folder), false, times.estimate(stage, effort.of(job)));
        }
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
