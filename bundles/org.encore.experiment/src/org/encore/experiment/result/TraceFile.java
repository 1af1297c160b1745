package org.encore.experiment.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.encore.bench.RaceResult;
import org.encore.bench.Sample;
import org.encore.bench.workload.Served;

import com.google.gson.Gson;

/**
 * One turn of every model as a timeline: {@code trace.json} in the folder of a benchmark, in the form of Chrome's trace events, which chrome://tracing and
 * Perfetto show. It is the last turn that counts.
 */
public final class TraceFile {

    private static final String FILE = "trace.json";
    private static final double MICROS = 1e3;

    private TraceFile() {}

    /** Complete events have "X", names of lines "M". */
    private record Event(String name, String ph, double ts, double dur, int pid, int tid, Map<String, Object> args) {}

    private record Trace(List<Event> traceEvents, String displayTimeUnit) {}

    /** Writes the file. */
    public static void write(Path folder, RaceResult race) throws IOException {
        Set<Integer> left = race.disturbedThroughout() ? Set.of() : race.voided();
        var events = new ArrayList<Event>();
        for (int line = 0; line < race.contestants().size(); line++) {
            String model = race.contestants().get(line);
            int tid = line + 1;
            events.add(new Event("thread_name", "M", 0, 0, 1, tid, Map.of("name", model)));
            race.samples().stream().filter(sample -> sample.contestant().equals(model) && !left.contains(sample.repeat())).reduce((a, b) -> b)
                    .ifPresent(sample -> turn(sample, tid, events));
        }
        Files.writeString(folder.resolve(FILE), new Gson().toJson(new Trace(events, "ms")));
    }

    private static void turn(Sample sample, int tid, List<Event> events) {
        for (int i = 0; i < sample.requests().size(); i++) {
            Served request = sample.requests().get(i);
            double at = request.askedMillis() * MICROS;
            events.add(new Event("first token", "X", at, request.firstTokenMillis() * MICROS, 1, tid, Map.of("request", i + 1, "read", request.read(), "kept",
                    request.kept(), "repeat", sample.repeat())));
            at += request.firstTokenMillis() * MICROS;
            for (int t = 0; t < request.laterMillis().size(); t++) {
                double dur = request.laterMillis().get(t) * MICROS;
                events.add(new Event("token " + (t + 2), "X", at, dur, 1, tid, Map.of("request", i + 1)));
                at += dur;
            }
        }
    }
}
