package org.encore.experiment.job;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.api.option.Choice;
import org.encore.api.run.Stage;
import org.encore.experiment.plan.Cell;
import org.encore.experiment.plan.Corpus;

/**
 * One execution of a stage, with all that it needs.
 *
 * @param stage with its options
 * @param label of cell or group, for messages
 * @param key of the result
 * @param store folder of results
 * @param runFolder of the run that asks for it
 * @param threads of numeric work
 * @param corpus of all its models; empty for a stage over the whole run
 * @param cells its models
 * @param inputs cell to stage to finished result
 */
public record Job(Choice<Stage<?>> stage, String label, String key, Path store, Path runFolder, int threads, Optional<Corpus> corpus, List<Cell> cells,
        Map<String, Map<String, Path>> inputs) {

    public Job {
        cells = List.copyOf(cells);
        inputs = Collections.unmodifiableMap(inputs);
    }
}
