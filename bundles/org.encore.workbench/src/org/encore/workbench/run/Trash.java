package org.encore.workbench.run;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The trash of the desktop, as freedesktop.org specifies it: file managers show what lies there, and bring it back.
 *
 * @param folder with {@code files} and {@code info}
 */
record Trash(Path folder) {

    /** That of the user's home. */
    static Trash ofUser() {
        String data = Optional.ofNullable(System.getenv("XDG_DATA_HOME")).filter(text -> !text.isBlank())
                .orElse(System.getProperty("user.home") + "/.local/share");
        return new Trash(Path.of(data).resolve("Trash"));
    }

    /**
     * Moves a folder here.
     *
     * @return where it is now
     * @throws IOException if it cannot be moved, such as to another disk; it is then where it was
     */
    Path take(Path what) throws IOException {
        Path files = Files.createDirectories(folder.resolve("files"));
        Path infos = Files.createDirectories(folder.resolve("info"));
        for (int n = 1;; n++) {
            String name = what.getFileName() + (n == 1 ? "" : "." + n);
            Path info = infos.resolve(name + ".trashinfo");
            try {
                Files.writeString(info, "[Trash Info]\nPath=" + URI.create(what.toAbsolutePath().toUri().toString()).getRawPath().replaceAll("/$", "")
                        + "\nDeletionDate=" + LocalDateTime.now().truncatedTo(ChronoUnit.SECONDS) + "\n", StandardOpenOption.CREATE_NEW);
            } catch (FileAlreadyExistsException taken) {
                continue; // something of that name lies here already
            }
            try {
                return Files.move(what, files.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                Files.deleteIfExists(info);
                throw new IOException(what + " cannot be moved to the trash in " + folder + ": " + e.getMessage() + ". It is where it was.", e);
            }
        }
    }
}
