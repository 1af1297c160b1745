package org.encore.torch.script;

import java.util.HashMap;
import java.util.Map;

/** Lines of straight-line code. An expression that was computed before is not computed again: masks and angles are shared by all layers. */
final class Code {

    private final StringBuilder lines = new StringBuilder();
    private final Map<String, String> known = new HashMap<>();
    private int count;

    /** The variable that holds a pure expression. */
    String let(String expression) {
        return known.computeIfAbsent(expression, this::assign);
    }

    /** A variable for an expression that differs each time, such as dropout. */
    String assign(String expression) {
        String variable = "t" + count++;
        lines.append("    ").append(variable).append(" = ").append(expression).append('\n');
        return variable;
    }

    String call(String function, Object... arguments) {
        return let(function(function, arguments));
    }

    static String function(String function, Object... arguments) {
        return "torch." + function + "(" + String.join(", ", java.util.Arrays.stream(arguments).map(String::valueOf).toList()) + ")";
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
