package org.encore.listeners.tensorboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.encore.api.run.Event;
import org.encore.api.run.EventSink;
import org.encore.listeners.series.Parameters;
import org.encore.listeners.series.Point;
import org.encore.listeners.series.Reason;
import org.encore.listeners.series.Series;

/** Writes what happens to one event file for each model and process. The first failure ends it. */
final class TensorBoardSink implements EventSink {

    private final Path folder;
    private final Series series;
    private final Parameters parameters;
    private final Map<String, EventFile> files = new LinkedHashMap<>();
    private final Set<String> failed = new HashSet<>();

    TensorBoardSink(Path folder, Path run) {
        this.folder = folder;
        this.series = new Series(run);
        this.parameters = new Parameters(run);
    }

    @Override
    public void on(Path run, Instant time, Event event) {
        if (event instanceof Event.RunStarted started) {
            parameters.on(started);
        }
        var records = new LinkedHashMap<String, List<byte[]>>();
        for (Point point : series.on(time, event)) {
            records.computeIfAbsent(point.cell(), cell -> new ArrayList<>()).add(Records.scalar(point));
        }
        if (event instanceof Event.StageFailed failure) {
            failed.add(failure.cell());
        }
        try {
            for (var ofCell : records.entrySet()) {
                file(ofCell.getKey(), time).append(ofCell.getValue());
            }
            if (event instanceof Event.RunFinished finished && finished.status().equals("done")) {
                finish(time);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be written to (" + Reason.of(e) + "). What TensorBoard lacks is in the run's folder: "
                    + "events.jsonl, and curve.csv and scores.json of each model. Run the experiment again to have it written anew; "
                    + "what is done is not done again", e);
        }
    }

    /** TensorBoard keeps the first word about a session's end, so a run that will be resumed says none. */
    private void finish(Instant time) throws IOException {
        for (var file : files.entrySet()) {
            if (!failed.contains(file.getKey())) {
                file.getValue().append(List.of(Records.sessionEnd(time)));
            }
        }
    }

    /** The file of a model. A process that resumes a run tells everything again, so what earlier ones have written is void. */
    private EventFile file(String cell, Instant time) throws IOException {
        EventFile known = files.get(cell);
        if (known != null) {
            return known;
        }
        EventFile created = EventFile.create(folder.resolve(cell), time);
        created.append(List.of(Records.version(time), Records.start(time), Records.sessionStart(time, parameters.of(cell))));
        files.put(cell, created);
        return created;
    }
}
