package org.encore.experiment.matrix;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.encore.api.architecture.Architecture;
import org.encore.api.option.Choice;
import org.encore.api.option.ConfigNode.Position;
import org.encore.api.run.Stage;
import org.encore.api.task.Task;
import org.encore.api.task.Tokenization;
import org.encore.experiment.match.Match;

/**
 * One model of the matrix, as the file describes it: nothing is loaded or solved yet.
 *
 * @param id name of its folder
 * @param variant name
 * @param seed of initialisation, data order and dropout
 * @param axes place on the other axes, axis to label
 * @param task what it learns
 * @param tokenizer if the file names one
 * @param match if the file asks for it
 * @param architecture with options as given
 * @param stages id to options, in order
 * @param at place of the variant in the file
 */
public record CellSpec(String id, String variant, long seed, Map<String, String> axes, Choice<Task<?>> task, Optional<Choice<Tokenization<?>>> tokenizer,
        Optional<Match> match, Choice<Architecture<?>> architecture, Map<String, Choice<Stage<?>>> stages, Position at) {

    /** The name of a cell: variant, places on axes, seed. */
    static String id(String variant, Map<String, String> axes, long seed) {
        var id = new StringBuilder(variant);
        axes.forEach((axis, label) -> id.append('-').append(axis).append('=').append(label));
        return id.append("-seed").append(seed).toString();
    }

    public CellSpec {
        axes = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(axes));
        stages = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(stages));
    }
}
