package org.encore.workbench;

import java.nio.file.Path;

/**
 * A run in the list.
 *
 * @param path of its folder
 * @param status running, done, failed or stopped
 * @param experiment name
 */
public record RunRow(Path path, String status, String experiment) {

    public String name() {
        return path.getFileName().toString();
    }
}
