package org.encore.workbench.part;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A command as one types it in a terminal, for what an action of the window does.
 *
 * @param environment variables that stand before it
 * @param words behind {@code encore}
 */
public record ShellLine(Map<String, String> environment, List<String> words) {

    public ShellLine {
        environment = Map.copyOf(new TreeMap<>(environment));
        words = List.copyOf(words);
    }

    /** A command that needs no variable. */
    public static ShellLine of(Object... words) {
        return new ShellLine(Map.of(), List.of(words).stream().map(Object::toString).toList());
    }

    /** The same with further words at its end. */
    public ShellLine and(Object... more) {
        var all = new ArrayList<>(words);
        List.of(more).forEach(word -> all.add(word.toString()));
        return new ShellLine(environment, all);
    }

    /** As a shell reads it: {@code encore run 'my experiment.yaml'}. */
    @Override
    public String toString() {
        String variables = new TreeMap<>(environment).entrySet().stream().map(e -> e.getKey() + "=" + quoted(e.getValue()) + " ")
                .collect(Collectors.joining());
        return variables + "encore " + words.stream().map(ShellLine::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String text) {
        return text.matches("[\\w@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
