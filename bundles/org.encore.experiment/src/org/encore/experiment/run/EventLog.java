package org.encore.experiment.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

import org.encore.api.run.Event;
import org.encore.api.run.EventSink;

/** Appends events to {@code events.jsonl}, each line in one write, so that a follower never sees two events mixed. */
public final class EventLog implements EventSink {

    public static final String FILE = "events.jsonl";

    private final FileChannel channel;

    public EventLog(Path run) throws IOException {
        channel = FileChannel.open(run.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        endLine(run.resolve(FILE));
    }

    /** Half a line of a process that was killed spoils no line of this one. */
    private void endLine(Path file) throws IOException {
        try (FileChannel before = FileChannel.open(file, StandardOpenOption.READ)) {
            var last = ByteBuffer.allocate(1);
            if (before.size() > 0 && before.read(last, before.size() - 1) == 1 && last.get(0) != '\n') {
                channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
            }
        }
    }

    @Override
    public synchronized void on(Path run, Instant time, Event event) {
        try {
            var line = ByteBuffer.wrap((EventJson.write(time, event) + "\n").getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                channel.write(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + run.resolve(FILE) + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
