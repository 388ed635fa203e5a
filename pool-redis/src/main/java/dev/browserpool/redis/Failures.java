package dev.browserpool.redis;

import dev.browserpool.BrowserPoolException;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.StoreUnusableException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** What it means that a call failed: repeat it, or tell somebody. Never passes on what may hold a password. */
final class Failures {
    private static final String DAMAGED = "BPDAMAGED";
    private static final String OTHER_FORMAT = "BPFORMAT";

    private final Keys keys;
    private final Supplier<Survey> survey;

    /** @param survey asks the server what is there, when a failure does not say it by itself */
    Failures(Keys keys, Supplier<Survey> survey) {
        this.keys = keys;
        this.survey = survey;
    }

    BrowserPoolException meaning(JedisException failed) {
        JedisDataException said = said(failed);
        if (said == null) {
            return new StoreUnavailableException("Redis did not answer: " + reason(failed), failed);
        }
        Complaint complaint = Complaint.of(String.valueOf(said.getMessage()));
        if (complaint.isPassing()) {
            return new StoreUnavailableException("Redis can't do it now: " + complaint, failed);
        }
        if (complaint.isAboutAccess()) {
            return refusedAccess(complaint);
        }
        return switch (complaint.code()) {
            case DAMAGED -> damaged(complaint.text());
            case OTHER_FORMAT -> otherFormat(complaint.text());
            default -> unexplained(complaint);
        };
    }

    /** Whether a call failed because of who asks, and may not. */
    static Optional<StoreUnusableException> refusedAccess(RuntimeException failed) {
        return Optional.ofNullable(said(failed))
                .map(said -> Complaint.of(String.valueOf(said.getMessage())))
                .filter(Complaint::isAboutAccess)
                .map(Failures::refusedAccess);
    }

    private static StoreUnusableException refusedAccess(Complaint complaint) {
        return new StoreUnusableException("Redis refuses access: " + complaint
                + "; check user and password, and that the user has the rights that docs/redis.md lists");
    }

    /** Jedis says what it did, the first cause why it failed. */
    private static String reason(Throwable failed) {
        Throwable first = failed;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return first == failed
                ? String.valueOf(failed.getMessage())
                : failed.getMessage() + " (" + first.getClass().getSimpleName() + ": " + first.getMessage() + ")";
    }

    /** What the server said, if it said anything: clients that try again wrap it. */
    private static @Nullable JedisDataException said(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof JedisDataException data) {
                return data;
            }
        }
        return null;
    }

    private StoreUnusableException damaged(String text) {
        String[] parts = text.split(" ", 3);
        return damaged("field " + parts[1] + " of key " + keys.named(parts[0]), parts[2]);
    }

    private static StoreUnusableException damaged(String where, String expected) {
        return new StoreUnusableException(where, expected, "it holds something else; it was left as it is");
    }

    private StoreUnusableException otherFormat(String text) {
        String[] parts = text.split(" ", 2);
        return Survey.otherFormat(keys, parts[0], parts[1]);
    }

    private BrowserPoolException unexplained(Complaint complaint) {
        try {
            return survey.get()
                    .objection(keys)
                    .orElseGet(() -> new StoreUnusableException("Redis refused a step of the pool: " + complaint));
        } catch (JedisException away) {
            return new StoreUnusableException("Redis refused a step of the pool: " + complaint);
        }
    }

    /** What a script passed on as it was stored can't be read. */
    StoreUnusableException unreadable(RuntimeException why) {
        StoreUnusableException unusable = damaged(
                "one of the keys " + keys.named("requests") + ", " + keys.named("history") + " and "
                        + keys.named("records"),
                "JSON that this version of the library reads");
        unusable.addSuppressed(why);
        return unusable;
    }
}
