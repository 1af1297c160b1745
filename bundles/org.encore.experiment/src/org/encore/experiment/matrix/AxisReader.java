package org.encore.experiment.matrix;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.encore.api.option.ConfigNode;
import org.encore.api.option.ConfigNode.Entry;
import org.encore.api.option.ConfigNode.Mapping;
import org.encore.api.option.ConfigNode.Position;
import org.encore.api.option.ConfigNode.Scalar;
import org.encore.api.option.ConfigNode.Sequence;
import org.encore.api.option.Nearest;
import org.encore.api.option.OptionPath;
import org.encore.api.option.Problems;

/**
 * Reads axes: {@code train.learningRate: [1e-3, 2e-3]}, with labels {@code train.learningRate: {low: 1e-3, high: 2e-3}}, or several options at once under
 * a name, {@code size: {small: {match.parameters: 0.3M, train.tokens: 1M}, large: {…}}}.
 */
public final class AxisReader {

    private static final int MOST_VALUES = 10_000;
    private static final Pattern UNFIT = Pattern.compile("[^A-Za-z0-9._+-]+");
    private static final int LONGEST_LABEL = 32;

    private final Set<String> sections;
    private final Problems problems;

    /** @param sections whose options may be set */
    public AxisReader(Set<String> sections, Problems problems) {
        this.sections = sections;
        this.problems = problems;
    }

    /** All axes of a mapping; what is wrong is told. */
    public List<Axis> read(ConfigNode node) {
        var axes = new ArrayList<Axis>();
        if (!(node instanceof Mapping mapping)) {
            problems.add(node.at(), "expected axes such as 'train.learningRate: [1e-3, 2e-3]', not " + node.kind());
            return axes;
        }
        var names = new HashSet<String>();
        for (Entry entry : mapping.entries()) {
            List<Axis.Value> values = values(entry);
            String name = name(entry.key().text(), names);
            names.add(name);
            var labels = new HashSet<String>();
            values.stream().filter(value -> !labels.add(value.label())).forEach(value -> problems.add(value.at(), "'" + value.label()
                    + "' stands twice on axis '" + entry.key().text() + "'; give the values labels: {first: …, second: …}"));
            if (isEmpty(entry.value()) || values.size() > MOST_VALUES) {
                problems.add(entry.key().at(), "axis '" + entry.key().text() + "' has " + values.size() + " values; give 1 to " + MOST_VALUES);
            }
            axes.add(new Axis(name, values));
        }
        return axes;
    }

    private static boolean isEmpty(ConfigNode values) {
        return values instanceof Sequence list && list.items().isEmpty() || values instanceof Mapping mapping && mapping.entries().isEmpty();
    }

    /** The last name of a path is enough, unless another axis has it. */
    private static String name(String path, Set<String> taken) {
        String last = path.substring(path.lastIndexOf('.') + 1);
        return taken.contains(last) ? path : last;
    }

    private List<Axis.Value> values(Entry axis) {
        boolean named = !axis.key().text().contains(".") && !sections.contains(axis.key().text());
        return switch (axis.value()) {
            case Mapping labelled -> labelled.entries().stream()
                    .map(entry -> new Axis.Value(label(entry.key()), named ? settings(entry.value()) : setting(axis.key(), entry.value()).stream().toList(), entry.key().at()))
                    .toList();
            case Sequence list when !named -> list.items().stream()
                    .map(item -> new Axis.Value(label(item), setting(axis.key(), item).stream().toList(), item.at())).toList();
            case ConfigNode other -> {
                problems.add(other.at(), named ? "axis '" + axis.key().text() + "' is no option; give a label for each value and what it sets, such as "
                        + "'small: {match.parameters: 0.3M}'" + suggestion(axis.key().text()) : "expected a list of values, not " + other.kind());
                yield List.of();
            }
        };
    }

    private String suggestion(String name) {
        return Nearest.of(name, sections).map(near -> ". Or did you mean '" + near + ".…'?").orElse("");
    }

    private List<Setting> settings(ConfigNode node) {
        if (!(node instanceof Mapping mapping)) {
            problems.add(node.at(), "expected options and their values, such as '{match.parameters: 0.3M}', not " + node.kind());
            return List.of();
        }
        return mapping.entries().stream().flatMap(entry -> setting(entry.key(), entry.value()).stream()).toList();
    }

    /** One option set to one value; empty if the path is none, which is told. */
    public Optional<Setting> setting(Scalar path, ConfigNode value) {
        try {
            OptionPath parsed = OptionPath.parse(path.text(), path.at());
            if (!sections.contains(parsed.section())) {
                problems.add(path.at(), "'" + path.text() + "' is no option of a model. " + Nearest.suggestion(parsed.section(), sections));
                return Optional.empty();
            }
            return Optional.of(new Setting(parsed, value));
        } catch (IllegalArgumentException e) {
            problems.add(path.at(), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** A value in a few letters: as written, or the name of what is chosen. */
    private static String label(ConfigNode value) {
        String text = switch (value) {
            case Scalar scalar -> scalar.text();
            case Mapping mapping when mapping.entries().size() == 1 -> mapping.entries().getFirst().key().text();
            case Mapping mapping -> "line" + mapping.at().line();
            case Sequence list -> String.join("+", list.items().stream().map(AxisReader::label).toList());
        };
        String fit = UNFIT.matcher(text).replaceAll("_");
        Position at = value.at();
        return fit.isEmpty() ? "line" + at.line() : fit.length() > LONGEST_LABEL ? fit.substring(0, LONGEST_LABEL) : fit;
    }
}
