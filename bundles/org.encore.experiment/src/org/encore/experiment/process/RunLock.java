package org.encore.experiment.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.Optional;

import org.encore.experiment.Experiment;
import org.encore.experiment.run.RunFolder;
import org.encore.experiment.run.RunStatus;
import org.encore.experiment.yaml.YamlWriter;

/**
 * A run folder that this process alone writes to; a killed process loses it.
 *
 * @param folder of the run
 * @param resumed whether an earlier process worked on it
 * @param channel whose lock marks the folder as taken
 */
record RunLock(RunFolder folder, boolean resumed, FileChannel channel) implements AutoCloseable {

    /** The newest unfinished run of the same experiment that nobody works on, else a new folder. */
    static RunLock resumeOrCreate(Path runs, Experiment experiment) throws IOException {
        String resolved = YamlWriter.write(experiment.resolved());
        for (RunFolder folder : RunFolder.list(runs)) {
            if (isUnfinished(folder, resolved)) {
                Optional<RunLock> lock = lock(folder, true);
                if (lock.isPresent()) {
                    return lock.get();
                }
            }
        }
        RunFolder created = RunFolder.create(runs, experiment.name(), LocalDate.now());
        Files.writeString(created.path().resolve(RunFolder.EXPERIMENT), experiment.text());
        Files.writeString(created.path().resolve(RunFolder.RESOLVED), resolved);
        return lock(created, false).orElseThrow(() -> new IOException(created.path() + " was just created, but another process has locked it"));
    }

    private static boolean isUnfinished(RunFolder folder, String resolved) {
        try {
            return Files.readString(folder.path().resolve(RunFolder.RESOLVED)).equals(resolved) && !RunStatus.of(folder).ending().equals("done");
        } catch (IOException e) {
            return false; // damaged or foreign: leave it alone and begin a new one
        }
    }

    private static Optional<RunLock> lock(RunFolder folder, boolean resumed) throws IOException {
        FileChannel channel = FileChannel.open(folder.path().resolve(RunFolder.LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(new RunLock(folder, resumed, channel));
            }
        } catch (OverlappingFileLockException e) {
            // another run in this very process has it
        }
        channel.close();
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
