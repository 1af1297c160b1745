package org.encore.experiment.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Text files of a run that are read as a whole. They appear whole or not at all, and what they claim to hold is never believed when memory is taken. */
public final class WholeFile {

    /** More than any of them has, and little enough for the smallest heap. */
    private static final int LARGEST = 1 << 26;

    /** Threads of a process may write the same file at once. */
    private static final AtomicLong WRITTEN = new AtomicLong();

    private WholeFile() {}

    /** Writes beside the file, then renames over it: whoever is killed meanwhile leaves the old file. */
    public static void write(Path file, String text) throws IOException {
        Path beside = file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid() + "-" + WRITTEN.incrementAndGet() + ".partial");
        try {
            Files.writeString(beside, text);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(beside);
            throw new IOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * The text of a file.
     *
     * @throws IOException if it is not there, is no text in UTF-8, or is larger than any of its kind
     */
    public static String text(Path file) throws IOException {
        long size = Files.size(file);
        if (size > LARGEST) {
            throw damaged(file, "it has " + size + " bytes, and no such file has more than " + LARGEST);
        }
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST);
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw damaged(file, "it is no text in UTF-8");
        }
    }

    /** The lines of a file; otherwise as {@link #text}. */
    public static List<String> lines(Path file) throws IOException {
        return text(file).lines().toList();
    }

    /**
     * What is said of a file that cannot be used. A run only links to its results, so the folder that has to go is the one that is linked to.
     *
     * @param why a clause, such as "line 3 is cut off"
     */
    public static IOException damaged(Path file, String why) {
        Path real = file;
        try {
            real = file.toRealPath();
        } catch (IOException e) {
            // shown as it was asked for
        }
        Path folder = real.getParent();
        boolean ofRun = folder == null || Files.exists(folder.resolve(EventLog.FILE));
        return new IOException(file + " is damaged: " + why + ". Delete " + (ofRun ? "it" : "the folder " + folder) + " and run the experiment again.");
    }
}
