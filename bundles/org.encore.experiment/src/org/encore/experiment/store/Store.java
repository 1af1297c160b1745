package org.encore.experiment.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.encore.experiment.run.WholeFolder;

/**
 * Finished results, one folder {@code <stage>-<key>} each. A folder appears whole or not at all: the work is done beside it and renamed. What
 * a killed process left is taken up (scratch) or thrown away (partial).
 *
 * @param root folder of the store
 */
public record Store(Path root) {

    private static final long LOOK_MILLIS = 100;

    /** The result of a key, if it is finished and whole. */
    public Optional<Path> find(String stage, String key) {
        Path folder = root.resolve(stage + "-" + key);
        return Files.isDirectory(folder) && Contents.damage(folder).isEmpty() ? Optional.of(folder) : Optional.empty();
    }

    /** What is wrong with the result of a key; empty if it is whole or there is none. */
    public Optional<String> damage(String stage, String key) {
        Path folder = root.resolve(stage + "-" + key);
        return Files.isDirectory(folder) ? Contents.damage(folder).map(what -> folder + ": " + what) : Optional.empty();
    }

    /** Remembers that a result was wanted again: what nobody wants goes first when room is made. */
    public void used(Path result) {
        try {
            Files.setLastModifiedTime(result, FileTime.from(Instant.now()));
        } catch (IOException e) {
            // a store that cannot be written to
        }
    }

    /** Names of all finished results. */
    public Set<String> all() {
        if (!Files.isDirectory(root)) {
            return Set.of();
        }
        try (Stream<Path> folders = Files.list(root)) {
            return folders.map(folder -> folder.getFileName().toString()).filter(name -> !name.startsWith(".")).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + root + ": " + e.getMessage(), e);
        }
    }

    /**
     * The right to work on a key; waits while another process has it. A killed process loses it.
     *
     * @param waiting called once if it has to wait
     * @param stop true to give up, by {@link CancellationException}
     */
    public Claim claim(String stage, String key, Runnable waiting, BooleanSupplier stop) throws IOException {
        Files.createDirectories(root);
        Path file = root.resolve("." + stage + "-" + key + ".lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean told = false;
        try {
            while (channel.tryLock() == null) {
                if (!told) {
                    waiting.run();
                    told = true;
                }
                if (stop.getAsBoolean()) {
                    throw new CancellationException("stopped while waiting for " + stage);
                }
                Thread.sleep(LOOK_MILLIS);
            }
            return new Claim(this, stage, key, channel);
        } catch (InterruptedException e) {
            channel.close();
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for " + stage);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The right to produce one result. */
    public record Claim(Store store, String stage, String key, FileChannel channel) implements AutoCloseable {

        /** An empty folder to write to. */
        public Path output() throws IOException {
            Path folder = store.root.resolve("." + stage + "-" + key + ".partial");
            WholeFolder.delete(folder);
            return Files.createDirectory(folder);
        }

        /** A folder that outlives a killed process. */
        public Path scratch() throws IOException {
            return Files.createDirectories(store.root.resolve("." + stage + "-" + key + ".scratch"));
        }

        /** Makes the output the result, in place of a damaged one, and forgets the scratch folder. */
        public Path publish(Path output) throws IOException {
            Path result = store.root.resolve(stage + "-" + key);
            Contents.write(output);
            WholeFolder.delete(result);
            Files.move(output, result, StandardCopyOption.ATOMIC_MOVE);
            WholeFolder.delete(store.root.resolve("." + stage + "-" + key + ".scratch"));
            return result;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
