package dev.browserpool.examples.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who has shown the token. A browser gets a random id in its place, so the token itself is in no cookie. They are forgotten with this
 * JVM, and after half a day. Safe for many threads.
 */
final class Logins {
    static final Duration LASTS = Duration.ofHours(12);
    private static final int MOST = 1_000;

    private final byte[] token;
    private final Guesses guesses;
    private final Runnable whenOneEnds;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Instant> until = new ConcurrentHashMap<>();

    /**
     * For whoever knows the token.
     *
     * @param whenOneEnds is run when somebody has logged out
     */
    Logins(String token, Guesses guesses, Runnable whenOneEnds) {
        this.token = token.getBytes(UTF_8);
        this.guesses = guesses;
        this.whenOneEnds = whenOneEnds;
    }

    /** Looks whether that is the token; takes as long for a wrong one however much of it is right. */
    Guesses.Try tries(String address, String guess) {
        return guesses.from(address, () -> MessageDigest.isEqual(token, guess.getBytes(UTF_8)));
    }

    /** A new id for a browser whose user knew the token. */
    String begin(Instant now) {
        until.values().removeIf(now::isAfter);
        if (until.size() >= MOST) {
            until.entrySet().stream()
                    .min(Comparator.comparing(Map.Entry::getValue))
                    .ifPresent(e -> end(e.getKey()));
        }
        byte[] id = new byte[32];
        random.nextBytes(id);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(id);
        until.put(text, now.plus(LASTS));
        return text;
    }

    boolean isKnown(String id, Instant now) {
        return Optional.ofNullable(until.get(id)).filter(now::isBefore).isPresent();
    }

    void end(String id) {
        if (until.remove(id) != null) {
            whenOneEnds.run();
        }
    }
}
