package org.encore.workbench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Composite;
import org.encore.api.option.ConfigNode;
import org.encore.api.option.Problems;
import org.encore.experiment.run.RunFolder;
import org.encore.experiment.yaml.YamlReader;
import org.encore.workbench.part.EmptyState;
import org.encore.workbench.part.Later;
import org.encore.workbench.part.Tables;

/** Options in which two runs differ, from what each resolved to: every default is filled in. */
public final class ConfigurationView extends ComparedTable {

    public static final String ID = "org.encore.workbench.configuration";

    private EmptyState state;

    private record Line(String option, String first, String second) {}

    @Override
    public void createPartControl(Composite parent) {
        parent.setLayout(new FillLayout());
        state = new EmptyState(parent, "Choose variants of two runs in the table: options in which the runs differ stand here.");
        TableViewer viewer = Tables.create(state);
        Tables.column(viewer, "option", 3, Line.class, Line::option);
        Tables.column(viewer, "the first", 3, Line.class, Line::first);
        Tables.column(viewer, "the second", 3, Line.class, Line::second);
        follow(viewer);
    }

    @Override
    void read(Compared compared) {
        if (compared.runs().size() < 2) {
            Later.on(state, () -> state.show(Tables.area(viewer()), () -> false));
            return;
        }
        Path first = compared.runs().get(0).folder().path();
        Path second = compared.runs().get(1).folder().path();
        try {
            Map<String, String> one = options(first);
            Map<String, String> other = options(second);
            var names = new TreeSet<>(one.keySet());
            names.addAll(other.keySet());
            var lines = new ArrayList<Line>();
            names.stream().filter(name -> !Objects.equals(one.get(name), other.get(name))).forEach(name -> lines.add(new Line(name,
                    one.getOrDefault(name, ""), other.getOrDefault(name, ""))));
            Later.on(state, () -> show(first, second, lines));
        } catch (IOException e) {
            Later.on(state, () -> {
                state.say("cannot be read: " + e.getMessage());
                state.show(Tables.area(viewer()), () -> false);
            });
        }
    }

    private void show(Path first, Path second, List<Line> lines) {
        viewer().getTable().getColumn(1).setText(first.getFileName().toString());
        viewer().getTable().getColumn(2).setText(second.getFileName().toString());
        viewer().setInput(lines);
        state.say(first.getFileName() + " and " + second.getFileName() + " have the same options.");
        state.show(Tables.area(viewer()), () -> !lines.isEmpty());
    }

    private static Map<String, String> options(Path run) throws IOException {
        Path file = run.resolve(RunFolder.RESOLVED);
        var options = new LinkedHashMap<String, String>();
        YamlReader.read(file.toString(), Files.readString(file), new Problems()).ifPresent(root -> flatten("", root, options));
        return options;
    }

    private static void flatten(String path, ConfigNode node, Map<String, String> into) {
        switch (node) {
            case ConfigNode.Scalar scalar -> into.put(path, scalar.text());
            case ConfigNode.Sequence list when list.items().stream().allMatch(ConfigNode.Scalar.class::isInstance) -> into.put(path, list.items()
                    .stream()
                    .map(item -> ((ConfigNode.Scalar) item).text()).toList().toString());
            case ConfigNode.Sequence list -> {
                for (int i = 0; i < list.items().size(); i++) {
                    flatten(path + "[" + i + "]", list.items().get(i), into);
                }
            }
            case ConfigNode.Mapping mapping -> mapping.entries().forEach(entry -> flatten(path.isEmpty() ? entry.key().text() : path + "."
                    + entry.key().text(), entry.value(), into));
        }
    }
}
