package org.encore.experiment.data.files;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

import org.encore.api.extension.Contribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.option.Binder;
import org.encore.api.option.ConfigNode.Position;
import org.encore.api.option.Problems;
import org.encore.api.task.DataFile;
import org.encore.api.task.Task;

/** The public data sets that the installed tasks read. */
public final class DataCatalogue {

    private DataCatalogue() {}

    /**
     * One set.
     *
     * @param name of its folder, such as {@code scan}
     * @param tasks ids of the tasks that read it
     * @param licence under what terms it may be used, empty if not known
     * @param files all of them, in the order in which the tasks name them
     */
    public record DataSet(String name, List<String> tasks, String licence, List<DataFile> files) {}

    /** All sets, in the order of the tasks. */
    public static List<DataSet> of(Registry registry) {
        Map<String, LinkedHashSet<DataFile>> files = new LinkedHashMap<>();
        Map<String, LinkedHashSet<String>> tasks = new LinkedHashMap<>();
        Map<String, String> licences = new LinkedHashMap<>();
        for (Contribution<Task<?>> contribution : registry.list(ExtensionPoint.TASKS)) {
            Task<?> task;
            try {
                task = contribution.get();
            } catch (Contribution.BrokenContribution e) {
                continue;                    // the registry tells of it
            }
            for (DataFile file : task.files()) {
                files.computeIfAbsent(file.set(), set -> new LinkedHashSet<>()).add(file);
                tasks.computeIfAbsent(file.set(), set -> new LinkedHashSet<>()).add(contribution.id());
                licences.computeIfAbsent(file.set(), set -> licence(task, registry));
            }
        }
        var sets = new ArrayList<DataSet>();
        files.forEach((name, of) -> sets.add(new DataSet(name, List.copyOf(tasks.get(name)), licences.get(name), List.copyOf(of))));
        return sets;
    }

    private static <O extends Record> String licence(Task<O> task, Registry registry) {
        return new Binder(registry, new Problems()).bind(task.optionsType(), null, Position.NOWHERE).map(task::licence).orElse("");
    }
}
