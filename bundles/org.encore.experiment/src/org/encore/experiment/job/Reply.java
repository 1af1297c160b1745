package org.encore.experiment.job;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

import org.encore.api.run.Event;
import org.encore.experiment.run.EventJson;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.JsonObject;

/** What a worker says, one line each; lines of other programs and libraries on the same stream do not begin with the mark. */
public sealed interface Reply {

    /** Begins every line of a worker. */
    String MARK = "\u0001encore ";

    /** Something happened. */
    record Happened(Event event) implements Reply {}

    /** The job ended. */
    record Ended(Outcome outcome) implements Reply {}

    /** A line for the other process. */
    default String line() {
        var json = new JsonObject();
        switch (this) {
            case Happened happened -> json.addProperty("event", EventJson.write(Instant.EPOCH, happened.event()));
            case Ended ended -> {
                switch (ended.outcome()) {
                    case Outcome.Done done -> {
                        json.addProperty("done", done.result().toString());
                        json.addProperty("seconds", done.seconds());
                    }
                    case Outcome.Failed failed -> {
                        json.addProperty("failed", failed.message());
                        json.addProperty("details", failed.details());
                    }
                    case Outcome.Stopped stopped -> json.addProperty("stopped", true);
                }
            }
        }
        return MARK + json;
    }

    /** What a line says; empty if it is no worker's. */
    static Optional<Reply> read(String line) {
        if (!line.startsWith(MARK)) {
            return Optional.empty();
        }
        try {
            JsonObject json = new Gson().fromJson(line.substring(MARK.length()), JsonObject.class);
            if (json.has("event")) {
                return EventJson.read(json.get("event").getAsString()).map(timed -> new Happened(timed.event()));
            }
            if (json.has("done")) {
                return Optional.of(new Ended(new Outcome.Done(Path.of(json.get("done").getAsString()), json.get("seconds").getAsDouble())));
            }
            return Optional.of(new Ended(json.has("failed")
                    ? new Outcome.Failed(json.get("failed").getAsString(), json.get("details").getAsString()) : new Outcome.Stopped()));
        } catch (JsonParseException | IllegalStateException | NullPointerException e) {
            return Optional.empty(); // half a line of a process that is gone
        }
    }
}
