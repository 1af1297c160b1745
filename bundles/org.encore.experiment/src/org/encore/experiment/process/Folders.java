package org.encore.experiment.process;

import java.nio.file.Path;
import java.util.Optional;

/** Where a user's files lie beside runs (XDG Base Directory Specification 0.8). */
public final class Folders {

    private Folders() {}

    /** What can be had again: downloads, tokenizers. */
    public static Path cache() {
        return folder("XDG_CACHE_HOME", ".cache");
    }

    /** What the user decided: trust, preferences. */
    public static Path configuration() {
        return folder("XDG_CONFIG_HOME", ".config");
    }

    private static Path folder(String variable, String standard) {
        return Optional.ofNullable(System.getenv(variable)).filter(value -> value.startsWith("/")).map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), standard)).resolve("encore");
    }
}
