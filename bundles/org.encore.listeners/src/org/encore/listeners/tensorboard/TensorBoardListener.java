package org.encore.listeners.tensorboard;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.encore.api.run.EventSink;
import org.encore.api.run.RunListener;
import org.encore.listeners.series.Reason;

/** Writes event files for TensorBoard, one folder for each model. */
public final class TensorBoardListener implements RunListener<TensorBoardOptions> {

    @Override
    public Class<TensorBoardOptions> optionsType() {
        return TensorBoardOptions.class;
    }

    @Override
    public EventSink open(TensorBoardOptions options, Path run) throws IOException {
        Path folder = options.of(run);
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(folder + " is a file, not a folder; name another: tensorboard: {folder: …}", e);
        } catch (IOException e) {
            throw new IOException("the folder " + folder + " cannot be made (" + Reason.of(e) + "); name another: tensorboard: {folder: …}", e);
        }
        return new TensorBoardSink(folder, run);
    }
}
