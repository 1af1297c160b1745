package org.encore.api.option;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects everything that is wrong with a configuration, so that it is told at once. */
public final class Problems {

    private final List<Problem> problems = new ArrayList<>();

    /** One thing that is wrong: where, what, what was expected. */
    public record Problem(ConfigNode.Position at, String message) {
        @Override
        public String toString() {
            return at + ": " + message;
        }
    }

    public void add(ConfigNode.Position at, String message) {
        var problem = new Problem(at, message);
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }

    int count() {
        return problems.size();
    }

    public boolean isEmpty() {
        return problems.isEmpty();
    }

    /** In the order of the file. */
    public List<Problem> all() {
        return problems.stream().sorted(Comparator.comparing(Problem::at)).toList();
    }

    /** @throws InvalidConfiguration with all problems, if there are any */
    public void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new InvalidConfiguration(all());
        }
    }

    /** A configuration that cannot be used; the message has one line for each problem. */
    public static final class InvalidConfiguration extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        private final transient List<Problem> problems;

        public InvalidConfiguration(List<Problem> problems) {
            super(String.join("\n", problems.stream().map(Problem::toString).toList()));
            this.problems = List.copyOf(problems);
        }

        public List<Problem> problems() {
            return problems;
        }
    }
}
