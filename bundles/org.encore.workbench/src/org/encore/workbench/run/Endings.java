package org.encore.workbench.run;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which runs have ended since one looked last. Not for several threads. */
public final class Endings {

    private static final List<String> OVER = List.of("done", "failed", "stopped");
    /** A run that was stopped was stopped by somebody who knows it. */
    private static final List<String> NEWS = List.of("done", "failed");

    private final Map<Path, String> before = new HashMap<>();

    /** Those that went on at the last look, heard or silent, and are done or have failed now; none at the first. */
    public List<RunRow> among(List<RunRow> rows) {
        List<RunRow> ended = rows.stream()
                .filter(row -> NEWS.contains(row.status()) && before.containsKey(row.path()) && !OVER.contains(before.get(row.path()))).toList();
        before.clear();
        rows.forEach(row -> before.put(row.path(), row.status()));
        return ended;
    }
}
