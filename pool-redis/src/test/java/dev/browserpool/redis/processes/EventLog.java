package dev.browserpool.redis.processes;

import dev.browserpool.redis.processes.Event.Kind;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A worker's log: each event is one write to the system, so that a kill loses nothing that was written. */
final class EventLog implements AutoCloseable {
    private final OutputStream file;

    EventLog(Path path) throws IOException {
        this.file = new FileOutputStream(path.toFile(), true);
    }

    void write(Kind kind) {
        write(kind, "", 0, "");
    }

    void write(Kind kind, String request, long number, String text) {
        write(System.nanoTime(), kind, request, number, text);
    }

    private void write(long at, Kind kind, String request, long number, String text) {
        try {
            file.write((new Event(at, kind, request, number, text).line() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is in a log, without a last line that its writer was killed at. */
    static List<Event> read(Path path) throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        String text = Files.readString(path);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(Event::parse)
                .toList();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
