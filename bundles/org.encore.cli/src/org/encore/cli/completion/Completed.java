package org.encore.cli.completion;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.encore.api.extension.Contribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;

import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A command with what may follow it. What a value can be is read from its label in the help: RUN, CELL, FILE, DIR, ID, KIND, or the kind of an
 * extension, such as BACKEND. So a command that somebody adds is completed without another word.
 *
 * @param path such as {@code encore export}
 * @param description one sentence
 * @param words subcommands and options
 * @param values of options, by name; of options that take none there is no entry
 * @param places what stands at each place without a name; the last one may repeat
 */
record Completed(String path, String description, List<Word> words, Map<String, Value> values, List<Value> places) {

    /** A word with what it means. */
    record Word(String text, String meaning) {}

    /** What a value can be. */
    sealed interface Value {
        /** One of these. */
        record OneOf(List<String> words) implements Value {}

        /** A folder of a run. */
        record Run() implements Value {}

        /** A cell of the run that is named on the line. */
        record Cell() implements Value {}

        /** Any file or folder. */
        record File() implements Value {}

        /** Something that cannot be guessed. */
        record Anything() implements Value {}
    }

    /** All commands that are shown, parents first. */
    static List<Completed> of(CommandLine root, Registry registry) {
        var all = new ArrayList<Completed>();
        collect(root.getCommandSpec(), root.getCommandName(), registry, all);
        return all;
    }

    private static void collect(CommandSpec spec, String path, Registry registry, List<Completed> all) {
        var words = new ArrayList<Word>();
        var values = new LinkedHashMap<String, Value>();
        Set<CommandSpec> shown = new LinkedHashSet<>();
        spec.subcommands().forEach((name, command) -> {
            if (!command.getCommandSpec().usageMessage().hidden()) {
                words.add(new Word(name, line(command.getCommandSpec().usageMessage().description())));
                shown.add(command.getCommandSpec());
            }
        });
        spec.options().stream().filter(option -> !option.hidden()).forEach(option -> {
            for (String name : option.names()) {
                words.add(new Word(name, line(option.description())));
                if (option.arity().max() > 0) {
                    values.put(name, value(option, registry));
                }
            }
        });
        List<Value> places = spec.positionalParameters().stream().filter(place -> !place.hidden()).map(place -> value(place, registry)).toList();
        all.add(new Completed(path, line(spec.usageMessage().description()), words, values, places));
        shown.forEach(command -> collect(command, path + " " + command.name(), registry, all));
    }

    private static String line(String[] description) {
        String line = String.join(" ", description).replace("%n", " ").strip();
        // ${…} are picocli's own variables, which mean nothing here
        return line.replaceAll("\\s*\\(default: \\$\\{DEFAULT-VALUE}\\)", "").replaceAll("\\$\\{[^}]*}:?\\s*", "");
    }

    private static Value value(ArgSpec argument, Registry registry) {
        if (argument.completionCandidates() != null) {
            var candidates = new ArrayList<String>();
            argument.completionCandidates().forEach(candidates::add);
            return new Value.OneOf(candidates);
        }
        String label = argument.paramLabel();
        return switch (label) {
            case "RUN" -> new Value.Run();
            case "CELL" -> new Value.Cell();
            case "FILE", "DIR" -> new Value.File();
            case "KIND" -> new Value.OneOf(ExtensionPoint.ALL.stream().map(ExtensionPoint::kind).toList());
            case "ID" -> new Value.OneOf(ids(registry));
            default -> ExtensionPoint.ALL.stream().filter(point -> point.kind().toUpperCase(Locale.ROOT).equals(label)).findFirst()
                    .<Value>map(point -> new Value.OneOf(ids(registry, point))).orElseGet(Value.Anything::new);
        };
    }

    private static List<String> ids(Registry registry) {
        Set<String> ids = new LinkedHashSet<>(List.of("experiment"));
        ExtensionPoint.ALL.forEach(point -> ids.addAll(ids(registry, point)));
        return List.copyOf(ids);
    }

    private static <T> List<String> ids(Registry registry, ExtensionPoint<T> point) {
        return registry.list(point).stream().map(Contribution::id).toList();
    }
}
