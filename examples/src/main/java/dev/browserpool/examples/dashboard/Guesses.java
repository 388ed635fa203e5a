package dev.browserpool.examples.dashboard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Who may try a token, by where he calls from: ten wrong ones at once, then one every six seconds. As long as somebody has to wait, his
 * tokens are not even looked at, right ones neither; else he would learn from it. Of the addresses that were heard of last, so many are
 * remembered. Safe for many threads.
 */
final class Guesses {
    static final int AT_ONCE = 10;
    static final Duration EACH = Duration.ofSeconds(6);
    static final int MOST = 10_000;

    /** Whoever has a whole network of the newer kind for himself has only one place here. */
    private static final int NETWORK = 8;

    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Long> paidUntil = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };

    /**
     * What came of a try.
     *
     * @param isRight whether it was the token
     * @param mustWait if it was not looked at: how long it will not be
     */
    record Try(boolean isRight, Optional<Duration> mustWait) {}

    Guesses(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Lets somebody try, one at a time, so that a hundred at once count as a hundred. */
    Try from(String address, BooleanSupplier isRight) {
        String place = place(address);
        lock.lock();
        try {
            long now = nanos.getAsLong();
            long ahead = Math.max(0, paidUntil.getOrDefault(place, now) - now);
            long wait = ahead - EACH.multipliedBy(AT_ONCE - 1).toNanos();
            if (wait > 0) {
                return new Try(false, Optional.of(Duration.ofNanos(wait)));
            }
            if (isRight.getAsBoolean()) {
                return new Try(true, Optional.empty());
            }
            paidUntil.put(place, now + ahead + EACH.toNanos());
            return new Try(false, Optional.empty());
        } finally {
            lock.unlock();
        }
    }

    int remembered() {
        lock.lock();
        try {
            return paidUntil.size();
        } finally {
            lock.unlock();
        }
    }

    private static String place(String address) {
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return HexFormat.of().formatHex(bytes.length > NETWORK ? Arrays.copyOf(bytes, NETWORK) : bytes);
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
