package org.encore.api.option;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The valid name that a mistyped one most likely meant. */
public final class Nearest {

    private Nearest() {}

    /** The nearest name, if one is near enough to be meant. */
    public static Optional<String> of(String given, Collection<String> valid) {
        return valid.stream().min(Comparator.comparingInt((String name) -> distance(given.toLowerCase(), name.toLowerCase())))
                .filter(name -> distance(given.toLowerCase(), name.toLowerCase()) <= Math.max(2, name.length() / 3));
    }

    /** {@code Did you mean 'x'?} or the list of all. */
    public static String suggestion(String given, Collection<String> valid) {
        if (valid.isEmpty()) {
            return "There is none.";
        }
        String all = "Valid: " + String.join(", ", valid) + ".";
        return of(given, valid).map(name -> "Did you mean '" + name + "'? ").orElse("") + all;
    }

    /** Edits (insert, delete, replace, swap of neighbours) between two words. */
    static int distance(String a, String b) {
        var d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
