package dev.browserpool.examples.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Writes what pool and scheduler log into a file, until it is closed: each line is one JSON object, with the key-values of the
 * line in {@code kvpList}. What goes to standard error stays as {@code logback.xml} says.
 */
public final class RunLog implements AutoCloseable {
    private static final String WHOSE = "dev.browserpool";

    private final Logger logger;
    private final FileAppender<ILoggingEvent> appender;

    private RunLog(Logger logger, FileAppender<ILoggingEvent> appender) {
        this.logger = logger;
        this.appender = appender;
    }

    /** Writes to this file from now on, anew if it exists. */
    public static RunLog to(Path file) {
        Logger logger = (Logger) LoggerFactory.getLogger(WHOSE);
        LoggerContext context = logger.getLoggerContext();
        JsonEncoder encoder = new JsonEncoder();
        encoder.setWithContext(false);
        encoder.setWithSequenceNumber(false);
        encoder.setWithArguments(false);
        encoder.setWithMessage(false);
        encoder.setWithFormattedMessage(true);
        encoder.setContext(context);
        encoder.start();
        ThresholdFilter threshold = new ThresholdFilter();
        threshold.setLevel(Level.INFO.toString());
        threshold.start();
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setName(file.toString());
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setAppend(false);
        appender.setEncoder(encoder);
        appender.addFilter(threshold);
        appender.start();
        logger.addAppender(appender);
        return new RunLog(logger, appender);
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        appender.stop();
    }
}
