package org.encore.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.bench.statistics.Contributions;
import org.encore.experiment.result.Statistics;

/** What each output contributes to each score, read once. A metric that is not installed here cannot be resampled, and has none. */
final class Examples {

    private final Registry registry;
    private final Map<String, Map<String, double[][]>> read = new HashMap<>();

    Examples(Registry registry) {
        this.registry = registry;
    }

    /** From sums of contributions to a metric's score. */
    Optional<ToDoubleFunction<double[]>> score(String metric) {
        return registry.list(ExtensionPoint.METRICS).stream().filter(c -> c.id().equals(metric)).findFirst().map(c -> c.get()::score);
    }

    /** Of a model's outputs on a split. */
    Optional<Contributions> of(Entrant.Cell cell, String split, String metric) throws IOException {
        if (score(metric).isEmpty()) {
            return Optional.empty();
        }
        Path evaluation = cell.evaluation();
        String key = evaluation + " " + split;
        if (!read.containsKey(key)) {
            read.put(key, Statistics.read(evaluation, split));
        }
        double[][] rows = read.get(key).get(metric);
        return rows == null || rows.length == 0 ? Optional.empty() : Optional.of(Contributions.of(rows));
    }
}
