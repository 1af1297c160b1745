package org.encore.api.option;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with a configuration, so that it is told at once: the first hundred things, and how many more there are. */
public final class Problems {

    private static final int MOST = 100;

    private final List<Problem> problems = new ArrayList<>();
    private int more;

    /** One thing that is wrong: where, what, what was expected. */
    public record Problem(ConfigNode.Position at, String message) {
        @Override
        public String toString() {
            return at + ": " + message;
        }
    }

    public void add(ConfigNode.Position at, String message) {
        var problem = new Problem(at, message);
        if (problems.contains(problem)) {
            return;
        }
        if (problems.size() < MOST) {
            problems.add(problem);
        } else {
            more++;
        }
    }

    /** How many there are, those that are left out among them. */
    int count() {
        return problems.size() + more;
    }

    public boolean isEmpty() {
        return problems.isEmpty();
    }

    /** In the order of the file; the last says how many are left out, if any are. */
    public List<Problem> all() {
        var all = new ArrayList<>(problems.stream().sorted(Comparator.comparing(Problem::at)).toList());
        if (more > 0) {
            all.add(new Problem(all.getLast().at(), "and " + more + " more like these or others, which are not shown"));
        }
        return all;
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
