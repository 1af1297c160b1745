package org.encore.experiment.run;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;

import org.encore.archives.UntrustedZip;

/**
 * A run as one zip file, to be taken elsewhere: with its results, which in the folder are links to the store. An archive that comes from elsewhere is
 * not believed: places outside, links, and contents that swell are refused, and nothing of it stays then.
 */
public final class RunArchive {

    private static final UntrustedZip.Limits LIMITS = new UntrustedZip.Limits(200_000, 1L << 36, 200, 1 << 16);
    private static final String PART = ".part";

    private RunArchive() {}

    /**
     * Writes an archive: whole or not at all.
     *
     * @param stop true to give up, by {@link CancellationException}
     * @throws IllegalArgumentException if it is no run, or the file would lie in it
     * @throws IOException if the run cannot be read or the file not written
     */
    public static void write(RunFolder run, Path file, BooleanSupplier stop) throws IOException {
        if (!Files.exists(run.path().resolve(EventLog.FILE))) {
            throw new IllegalArgumentException(run.path() + " is no run: it has no " + EventLog.FILE);
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && Files.isDirectory(folder) && folder.toRealPath().startsWith(run.path().toRealPath())) {
            throw new IllegalArgumentException("archive " + file + " would lie in the run that it is to hold, " + run.path() + "; name a file elsewhere");
        }
        Path part = file.resolveSibling(file.getFileName() + PART);
        try {
            try (var zip = new ZipOutputStream(Files.newOutputStream(part))) {
                Files.walkFileTree(run.path(), EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
                        if (stop.getAsBoolean()) {
                            throw new CancellationException("stopped; no archive was written");
                        }
                        if (attributes.isSymbolicLink()) {
                            // links are followed, so this one leads nowhere; without its result the archive would be taken for the whole run
                            throw new IOException(each + " leads to " + Files.readSymbolicLink(each) + ", which is not there: the run cannot be packed without it");
                        }
                        if (attributes.isRegularFile() && !each.getFileName().toString().equals(RunFolder.LOCK)) {
                            zip.putNextEntry(new ZipEntry(run.name() + "/" + run.path().relativize(each).toString().replace('\\', '/')));
                            Files.copy(each, zip);
                            zip.closeEntry();
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /**
     * Unpacks an archive as a run of its name: whole or not at all.
     *
     * @param runs folder of runs
     * @param stop true to give up, by {@link CancellationException}
     * @return the run
     * @throws IllegalArgumentException if it is no archive of a run, is refused, or a run of its name is there
     */
    public static RunFolder read(Path file, Path runs, BooleanSupplier stop) throws IOException {
        Files.createDirectories(runs);
        Path part = Files.createTempDirectory(runs, ".import");
        try (UntrustedZip zip = UntrustedZip.open(file, LIMITS)) {
            String name = name(zip);
            if (Files.exists(runs.resolve(name))) {
                throw new IllegalArgumentException("there is a run " + name + " in " + runs + " already; rename that folder, or unpack elsewhere");
            }
            zip.extract(each -> {
                Path target = part.resolve(each);
                Files.createDirectories(target.getParent());
                return Optional.of(target);
            }, stop);
            return new RunFolder(Files.move(part.resolve(name), runs.resolve(name), StandardCopyOption.ATOMIC_MOVE));
        } catch (ZipException | FileAlreadyExistsException e) {
            throw UntrustedZip.refused(file, e instanceof FileAlreadyExistsException ? "it holds a file twice" : "it is damaged, or no zip file: "
                    + e.getMessage());
        } finally {
            WholeFolder.delete(part);
        }
    }

    private static String name(UntrustedZip zip) {
        List<String> names = zip.names();
        List<String> tops = names.stream().map(each -> each.replaceAll("/.*", "")).distinct().toList();
        if (tops.size() != 1 || tops.getFirst().startsWith(".") || !names.contains(tops.getFirst() + "/" + EventLog.FILE)) {
            throw zip.refused("it is no archive of one run: expected one folder with " + EventLog.FILE);
        }
        return tops.getFirst();
    }
}
