package dev.browserpool.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A step of the ledger as Redis runs it: what all of them share, then its own part. */
enum Script {
    JOIN,
    REJOIN,
    SUBMIT,
    WITHDRAW,
    RELEASE,
    CHANGE,
    STOP,
    BEAT,
    LEAVE,
    GOVERN,
    READ;

    private static Stream<String> shared() {
        return Stream.of("store", "facts", "line", "leases", "custody", "past", "epoch", "reap", "member");
    }

    /** The text with the given clock. */
    String text(String clock) {
        return Stream.concat(Stream.of(clock), Stream.concat(shared(), Stream.of(name().toLowerCase(Locale.ROOT))))
                .map(Script::part)
                .collect(Collectors.joining("\n"));
    }

    static String part(String name) {
        try (InputStream in = Objects.requireNonNull(Script.class.getResourceAsStream("lua/" + name + ".lua"), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String sha1(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
