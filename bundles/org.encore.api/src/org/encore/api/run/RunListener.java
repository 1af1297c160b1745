package org.encore.api.run;

import java.io.IOException;
import java.nio.file.Path;

import org.encore.api.option.Configurable;

/**
 * Follows runs: TensorBoard, a tracking server. Contributed through the extension point {@code org.encore.api.runListeners}, and at work only
 * in experiments that name it: {@code listeners: [tensorboard, {mlflow: {uri: …}}]}.
 *
 * @param <O> a record whose components carry {@link org.encore.api.option.Option}
 */
public interface RunListener<O extends Record> extends Configurable<O> {

    /**
     * Begins to follow a run. A run that is resumed is opened again with the same folder.
     *
     * @param options as the experiment gives them
     * @param run the run's folder; exists
     * @throws IOException if it cannot write; the run then goes on without it
     */
    EventSink open(O options, Path run) throws IOException;
}
