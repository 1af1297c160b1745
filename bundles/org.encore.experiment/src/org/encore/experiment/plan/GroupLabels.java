package org.encore.experiment.plan;

import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What groups of cells are called: by the axes on which each stands at one place and which tell the groups apart; one group alone needs no name. */
final class GroupLabels {

    private GroupLabels() {}

    static Map<List<Cell>, String> of(Collection<List<Cell>> groups) {
        var labels = new IdentityHashMap<List<Cell>, String>();
        var taken = new HashMap<String, Integer>();
        for (List<Cell> group : groups) {
            String label = groups.size() == 1 ? "" : label(group);
            int times = taken.merge(label, 1, Integer::sum);
            labels.put(group, times == 1 ? label : label + (label.isEmpty() ? "" : "-") + times);
        }
        return labels;
    }

    private static String label(List<Cell> group) {
        var fixed = new TreeMap<>(group.getFirst().variant().axes());
        group.forEach(cell -> fixed.entrySet().removeIf(axis -> !axis.getValue().equals(cell.variant().axes().get(axis.getKey()))));
        String label = fixed.entrySet().stream().map(axis -> axis.getKey() + "=" + axis.getValue()).collect(Collectors.joining("-"));
        return label.isEmpty() ? "group" : label;
    }
}
