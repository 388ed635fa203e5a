package dev.browserpool.races;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What the library logs while this is open, with stacks, kept from the console. */
final class Logs implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.browserpool");
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    Logs() {
        appender.list = new CopyOnWriteArrayList<>();
        appender.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(appender);
    }

    List<ILoggingEvent> with(String text) {
        return appender.list.stream()
                .filter(event -> event.getFormattedMessage().contains(text))
                .toList();
    }

    void forget() {
        appender.list.clear();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
        logger.setLevel(null);
    }
}
