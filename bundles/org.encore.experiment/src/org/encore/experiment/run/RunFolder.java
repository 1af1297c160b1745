package org.encore.experiment.run;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A run on disk: plain files that the window, the command line and a cluster job read and write alike.
 *
 * @param path of the folder
 */
public record RunFolder(Path path) {

    /** The experiment file as given. */
    public static final String EXPERIMENT = "experiment.yaml";
    /** The same with every default filled in and widths matched. */
    public static final String RESOLVED = "resolved.yaml";
    /** Every model, what it is and what it was matched on. */
    public static final String PLAN = "plan.json";
    /** Versions, machine, threads. */
    public static final String PROVENANCE = "provenance.json";
    /** Locked by the process that works on the run. */
    public static final String LOCK = ".lock";
    /** The page for people. */
    public static final String REPORT = "report.html";

    /** A new folder {@code <experiment>-<date>-<n>} with the next free number. */
    public static RunFolder create(Path runs, String experiment, LocalDate date) throws IOException {
        Files.createDirectories(runs);
        for (int n = 1;; n++) {
            Path folder = runs.resolve(experiment + "-" + date + "-" + n);
            try {
                return new RunFolder(Files.createDirectory(folder));
            } catch (FileAlreadyExistsException taken) {
                // another run, perhaps of another process: try the next number
            }
        }
    }

    /** All runs below a folder, newest first; a folder is a run if it has events. */
    public static List<RunFolder> list(Path runs) throws IOException {
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(runs)) {
            return folders.filter(folder -> Files.exists(folder.resolve(EventLog.FILE))).sorted(Comparator.comparing(RunFolder::started).reversed())
                    .map(RunFolder::new).toList();
        }
    }

    private static long started(Path folder) {
        try {
            return Files.getLastModifiedTime(folder.resolve(EventLog.FILE)).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }

    public String name() {
        return path.getFileName().toString();
    }

    /** Whether a name of a model or of a group, as a file has it, leads to no place outside a run's folder, and to one at all. */
    public static boolean staysInside(String name) {
        return name.indexOf('\0') < 0 && !name.startsWith("/") && !List.of(name.split("/", -1)).contains("..");
    }

    /** The result of a stage; {@code cell} is empty for a stage over the whole run. */
    public Path result(String cell, String stage) {
        return cell.isEmpty() ? path.resolve(stage) : path.resolve("cells").resolve(cell).resolve(stage);
    }

    /** The result of a stage over a group of models; {@code label} is empty if there is only one. */
    public Path ofGroup(String label, String stage) {
        return label.isEmpty() ? path.resolve(stage) : path.resolve("groups").resolve(label).resolve(stage);
    }
}
