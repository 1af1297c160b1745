package org.encore.experiment.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;

import org.encore.api.Unavailable;
import org.encore.experiment.job.Execution;
import org.encore.experiment.job.Job;
import org.encore.experiment.job.Jobs;
import org.encore.experiment.job.Outcome;
import org.encore.experiment.plan.Node;
import org.encore.experiment.store.Store;

/**
 * Executes nodes as soon as what they need has ended: light ones here, others by workers. One that fails costs what needs it and nothing else. Two that
 * would do the same are done once.
 */
final class Scheduler {

    private final List<Node> nodes;
    private final Jobs jobs;
    private final Store store;
    private final Crew crew;
    private final Execution here;
    private final Follower follower;
    private final BooleanSupplier stop;

    private final Map<Node, Integer> order = new HashMap<>();
    private final Map<Node, Integer> missing = new HashMap<>();
    private final Map<Node, List<Node>> dependents = new HashMap<>();
    private final PriorityQueue<Node> ready;
    private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
    private final Set<String> running = new HashSet<>();
    private final Map<String, Deque<Node>> twins = new HashMap<>();

    private record Ended(Node node, Job job, Outcome outcome) {}

    /** Who hears how nodes end. */
    interface Follower {

        /** A stage over the whole run is about to begin. */
        void beforeWhole(Map<String, String> keys) throws IOException;

        /** A result is there. @param seconds of work; 0 if it was there before */
        void done(Node node, Job job, Path result, double seconds) throws IOException;

        void failed(Node node, Outcome.Failed failure) throws IOException;
    }

    Scheduler(List<Node> nodes, Jobs jobs, Store store, Crew crew, Execution here, Follower follower, BooleanSupplier stop) {
        this.nodes = nodes;
        this.jobs = jobs;
        this.store = store;
        this.crew = crew;
        this.here = here;
        this.follower = follower;
        this.stop = stop;
        this.ready = new PriorityQueue<>((a, b) -> Integer.compare(order.get(a), order.get(b)));
        for (Node node : nodes) {
            order.put(node, order.size());
            Set<Node> needs = node.needs();
            missing.put(node, needs.size());
            needs.forEach(need -> dependents.computeIfAbsent(need, n -> new ArrayList<>()).add(node));
        }
    }

    /** Whether everything ended; false if the run was stopped. */
    boolean run() throws IOException {
        nodes.stream().filter(node -> missing.get(node) == 0).forEach(ready::add);
        boolean stopped = false;
        try {
            while (!ready.isEmpty() || !running.isEmpty()) {
                stopped = stopped || stop.getAsBoolean();
                while (!stopped && !ready.isEmpty() && begin(ready.peek())) {
                    stopped = stop.getAsBoolean();
                }
                if (running.isEmpty() && stopped) {
                    break;
                }
                if (!running.isEmpty()) {
                    stopped = take(ended.take()) || stopped;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return !stopped;
    }

    /** Begins or ends the first ready node; false if it has to wait for a worker. */
    private boolean begin(Node node) throws IOException {
        Optional<Job> made;
        try {
            made = jobs.of(node);
        } catch (IllegalArgumentException | Unavailable e) {
            // what its options name is gone since the run began, such as a teacher's file: it costs what needs it, like any other failure
            ready.poll();
            follower.failed(node, new Outcome.Failed(String.valueOf(e.getMessage()), e.toString()));
            end(node);
            return true;
        }
        if (made.isEmpty()) {
            ready.poll();
            end(node); // what it needs has failed, which was told there
            return true;
        }
        Job job = made.get();
        if (running.contains(job.key())) {
            ready.poll();
            twins.computeIfAbsent(job.key(), k -> new ArrayDeque<>()).add(node);
            return true;
        }
        Optional<Path> found = store.find(job.stage().id(), job.key());
        boolean isolated = job.stage().extension().isolated();
        if (found.isEmpty() && isolated && !crew.hasRoom(job.stage().extension().measures())) {
            return false;
        }
        ready.poll();
        if (found.isPresent()) {
            store.used(found.get());
            take(new Ended(node, job, new Outcome.Done(found.get(), 0)));
        } else if (isolated) {
            running.add(job.key());
            crew.send(job, outcome -> ended.add(new Ended(node, job, outcome)));
        } else {
            if (node.scope() == org.encore.api.run.Stage.Scope.RUN) {
                follower.beforeWhole(jobs.keys());
            }
            take(new Ended(node, job, here.run(job)));
        }
        return true;
    }

    /** Takes in how a node ended; true if it was stopped. */
    private boolean take(Ended e) throws IOException {
        running.remove(e.job().key());
        boolean stopped = switch (e.outcome()) {
            case Outcome.Done done -> {
                jobs.found(e.node(), e.job(), done.result());
                follower.done(e.node(), e.job(), done.result(), done.seconds());
                end(e.node());
                yield false;
            }
            case Outcome.Failed failed -> {
                follower.failed(e.node(), failed);
                end(e.node());
                yield false;
            }
            case Outcome.Stopped s -> true;
        };
        Deque<Node> waiting = twins.remove(e.job().key());
        if (waiting != null) {
            ready.addAll(waiting);
        }
        return stopped;
    }

    private void end(Node node) {
        for (Node dependent : dependents.getOrDefault(node, List.of())) {
            if (missing.merge(dependent, -1, Integer::sum) == 0) {
                ready.add(dependent);
            }
        }
    }
}
