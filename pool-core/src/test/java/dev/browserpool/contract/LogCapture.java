package dev.browserpool.contract;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What the library logs while this is open, kept from the console. */
public final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<Line> structured = new CopyOnWriteArrayList<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.browserpool");

    private final boolean wasAdditive = logger.isAdditive();
    private final @Nullable Level levelBefore = logger.getLevel();

    private LogCapture() {
        start();
        logger.setAdditive(false);
        logger.addAppender(this);
    }

    /** Captures from this level on. */
    public static LogCapture from(Level level) {
        LogCapture capture = new LogCapture();
        capture.logger.setLevel(level);
        return capture;
    }

    /** The lines that contain a text, in order. */
    public List<String> linesWith(String text) {
        return lines.stream().filter(line -> line.contains(text)).toList();
    }

    /** The key-value pairs of the lines with this message, in order. */
    public List<Map<String, Object>> pairsOf(String message) {
        return structured.stream()
                .filter(line -> line.message.equals(message))
                .map(Line::pairs)
                .toList();
    }

    private record Line(String message, Map<String, Object> pairs) {}

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(event.getFormattedMessage());
        if (event.getKeyValuePairs() != null) {
            structured.add(new Line(
                    event.getFormattedMessage(),
                    event.getKeyValuePairs().stream().collect(Collectors.toMap(pair -> pair.key, pair -> pair.value))));
        }
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setAdditive(wasAdditive);
        logger.setLevel(levelBefore);
        stop();
    }
}
