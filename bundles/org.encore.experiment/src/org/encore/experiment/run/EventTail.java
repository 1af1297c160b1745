package org.encore.experiment.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads {@code events.jsonl} while another process writes it: each {@link #poll} gives the complete lines that are new. */
public final class EventTail {

    private static final int CHUNK = 1 << 16;
    /** Longer than any event, also one that lists ten thousand models; what is longer is no event and is not kept. */
    private static final int LONGEST_LINE = 1 << 26;

    private final Path file;
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    private long position;

    public EventTail(Path run) {
        file = run.resolve(EventLog.FILE);
    }

    /** New events since the last call; none if the file is not there yet. A half-written last line waits for its rest. */
    public List<EventJson.Timed> poll() throws IOException {
        var events = new ArrayList<EventJson.Timed>();
        poll(events::add);
        return events;
    }

    /** Hands over new events since the last call one by one, as they are read: of millions, none needs to be held. */
    public void poll(Consumer<EventJson.Timed> events) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() < position) {     // replaced by a new file
                position = 0;
                partial.reset();
            }
            var buffer = ByteBuffer.allocate(CHUNK);
            channel.position(position);
            for (int read = channel.read(buffer); read > 0; read = channel.read(buffer)) {
                position += read;
                take(buffer.flip(), events);
                buffer.clear();
            }
        }
    }

    private void take(ByteBuffer bytes, Consumer<EventJson.Timed> events) {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n') {
                EventJson.read(partial.toString(StandardCharsets.UTF_8)).ifPresent(events);
                partial.reset();
            } else if (partial.size() < LONGEST_LINE) {
                partial.write(next);
            }
        }
    }

    /** All events of a run. */
    public static List<EventJson.Timed> readAll(Path run) throws IOException {
        return new EventTail(run).poll();
    }
}
