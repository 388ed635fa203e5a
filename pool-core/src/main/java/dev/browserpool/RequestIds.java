package dev.browserpool;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Ids that never meet, in this JVM or another: a random part per JVM, then a count. */
final class RequestIds {
    private static final String JVM = HexFormat.of().toHexDigits(new SecureRandom().nextLong());
    private static final AtomicLong COUNT = new AtomicLong();

    private RequestIds() {}

    static String next(OperationType type) {
        return type.name() + '-' + JVM + '-' + COUNT.incrementAndGet();
    }
}
