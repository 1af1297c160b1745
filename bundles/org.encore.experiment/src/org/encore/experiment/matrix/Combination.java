package org.encore.experiment.matrix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A place on every axis. */
public record Combination(Map<Axis, Axis.Value> places) {

    /** What it sets, axis by axis. */
    public List<Setting> settings() {
        return places.values().stream().flatMap(value -> value.settings().stream()).toList();
    }

    /** Axis to label. */
    public Map<String, String> labels() {
        var labels = new LinkedHashMap<String, String>();
        places.forEach((axis, value) -> labels.put(axis.name(), value.label()));
        return labels;
    }

    /** The first value of each axis. */
    public static Combination first(List<Axis> axes) {
        var places = new LinkedHashMap<Axis, Axis.Value>();
        axes.forEach(axis -> places.put(axis, axis.values().getFirst()));
        return new Combination(places);
    }

    /** Every combination of the axes' values, the last axis moving fastest; one empty combination if there are no axes. */
    public static List<Combination> of(List<Axis> axes) {
        List<Combination> all = List.of(new Combination(Map.of()));
        for (Axis axis : axes) {
            var longer = new ArrayList<Combination>(all.size() * axis.values().size());
            for (Combination shorter : all) {
                for (Axis.Value value : axis.values()) {
                    var places = new LinkedHashMap<>(shorter.places);
                    places.put(axis, value);
                    longer.add(new Combination(places));
                }
            }
            all = longer;
        }
        return all;
    }
}
