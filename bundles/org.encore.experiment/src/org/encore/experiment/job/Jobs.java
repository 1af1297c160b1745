package org.encore.experiment.job;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import org.encore.api.extension.Registry;
import org.encore.experiment.plan.Cell;
import org.encore.experiment.plan.Node;

/** From nodes to jobs with keys, as their inputs become known. Several threads may ask at once. */
public final class Jobs {

    private final Path store;
    private final Path runFolder;
    private final int threads;
    private final Keys keys;
    private final Map<Node, Result> results = new ConcurrentHashMap<>();

    /** A result that is there or will be. */
    private record Result(String key, Path folder) {}

    public Jobs(Path store, Path runFolder, int threads, Registry registry) {
        this.store = store;
        this.runFolder = runFolder;
        this.threads = threads;
        this.keys = new Keys(registry);
    }

    /**
     * The job of a node. Cells of which an input is missing are left out.
     *
     * @return empty if no cell is left
     */
    public Optional<Job> of(Node node) {
        List<Cell> cells = node.cells().stream().filter(cell -> results.keySet().containsAll(node.inputs().get(cell.id()).values())).toList();
        Map<String, Node> ofGroup = node.inputs().getOrDefault(Node.GROUP, Map.of());
        if (cells.isEmpty() && !node.cells().isEmpty() || !results.keySet().containsAll(ofGroup.values())) {
            return Optional.empty();
        }
        var inputs = new LinkedHashMap<String, Map<String, Path>>();
        var inputKeys = new ArrayList<String>();
        for (Cell cell : cells) {
            inputs.put(cell.id(), read(node.inputs().get(cell.id()), inputKeys));
        }
        if (!ofGroup.isEmpty()) {
            inputs.put(Node.GROUP, read(ofGroup, inputKeys));
        }
        // what is over the whole run depends on all of it, in whatever order it came about
        var before = new TreeSet<String>();
        node.after().stream().filter(results::containsKey).forEach(need -> before.add(need + " " + results.get(need).key()));
        inputKeys.addAll(before);
        var job = new Job(node.stage(), node.label(), "", store, runFolder, threads, node.corpus(), cells, inputs);
        return Optional.of(new Job(job.stage(), job.label(), keys.of(job, inputKeys), store, runFolder, threads, job.corpus(), cells, inputs));
    }

    private Map<String, Path> read(Map<String, Node> needs, List<String> inputKeys) {
        var paths = new LinkedHashMap<String, Path>();
        needs.forEach((stage, need) -> {
            paths.put(stage, results.get(need).folder());
            inputKeys.add(stage + " " + results.get(need).key());
        });
        return paths;
    }

    /** The result of a node is there, or will be under this key. */
    public void found(Node node, Job job, Path folder) {
        results.put(node, new Result(job.key(), folder));
    }

    /** Name of a node's result to its key. */
    public Map<String, String> keys() {
        var all = new LinkedHashMap<String, String>();
        results.forEach((node, result) -> all.put(node.toString(), result.key()));
        return all;
    }
}
