package org.encore.experiment.matrix;

import java.util.List;

import org.encore.api.option.ConfigNode.Position;

/**
 * One direction in which models differ.
 *
 * @param name for people and in the names of cells
 * @param values in the order of the file
 */
public record Axis(String name, List<Value> values) {

    public Axis {
        values = List.copyOf(values);
    }

    /**
     * A place on an axis.
     *
     * @param label for people and in the names of cells
     * @param settings what it sets
     * @param at where it is written
     */
    public record Value(String label, List<Setting> settings, Position at) {
        public Value {
            settings = List.copyOf(settings);
        }
    }
}
