package org.encore.experiment.plan;

import java.util.Map;

import org.encore.api.architecture.Architecture;
import org.encore.api.option.Choice;
import org.encore.api.run.Stage;
import org.encore.api.run.StageContext.Variant;

/**
 * One model of the matrix, ready to be worked on.
 *
 * @param variant what stages see of it
 * @param architecture with its options, width solved
 * @param modelHash of what it computes
 * @param corpus that it learns
 * @param stages id to options, in order
 */
public record Cell(Variant variant, Choice<Architecture<?>> architecture, String modelHash, Corpus corpus, Map<String, Choice<Stage<?>>> stages) {

    public String id() {
        return variant.cell();
    }
}
