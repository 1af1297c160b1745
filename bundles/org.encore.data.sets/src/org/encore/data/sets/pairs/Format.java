package org.encore.data.sets.pairs;

import java.nio.file.Path;
import java.util.List;

/** What the lines of a file are. */
public enum Format {
    /** JSON lines if the name ends in .jsonl, .ndjson or .json, with or without .gz; else columns. */
    BY_NAME,
    /** Columns with tabs between. */
    TSV,
    /** A JSON object in each line. */
    JSONL;

    RowReader reader(Path file, List<String> lines, TextPairs.Options options) {
        return switch (this) {
            case BY_NAME -> (file.toString().matches(".*\\.(jsonl|ndjson|json)(\\.gz)?") ? JSONL : TSV).reader(file, lines, options);
            case TSV -> TabbedReader.of(file, lines, options);
            case JSONL -> new JsonReader(options.source().orElse("source"), options.target().orElse("target"));
        };
    }
}
