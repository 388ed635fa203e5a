package dev.browserpool.examples.dashboard;

import dev.browserpool.BrowserPool;
import dev.browserpool.examples.dashboard.json.LoadTestJson;
import dev.browserpool.examples.dashboard.json.ProfileJson.BlockJson;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be done. Each takes a small JSON object; what the pool refuses as a value is a 400 with the pool's own words. What
 * had nothing to act on is a 404.
 */
final class ActionRoutes {
    private final BrowserPool pool;
    private final Body body;

    ActionRoutes(BrowserPool pool, Body body) {
        this.pool = pool;
        this.body = body;
    }

    /** Names a request. */
    record Which(@Nullable String requestId) {}

    /** Names a request, and says why. */
    record WhichAndWhy(@Nullable String requestId, @Nullable String reason) {}

    /** The new limit. */
    record Size(@Nullable Integer maxBrowsers) {}

    /** Says why. */
    record Why(@Nullable String reason) {}

    /** Nothing has to be said. */
    record Nothing() {}

    /** What is too old. */
    record Ages(@Nullable Long staleAfterSeconds, @Nullable Long forgetAfterSeconds) {}

    /** A profile, and why. */
    record Quarantine(
            @Nullable String profileId,
            @Nullable String who,
            @Nullable String why) {}

    /** A profile, and what was found or done. */
    record Note(
            @Nullable String profileId,
            @Nullable String who,
            @Nullable String note) {}

    /** A profile, and for how long. */
    record CheckOut(
            @Nullable String profileId,
            @Nullable String who,
            @Nullable String why,
            @Nullable Long seconds) {}

    /** A load test of a tool outside, and for how long at most. */
    record LoadTestLockBody(
            @Nullable String runId, @Nullable Long seconds) {}

    /** Which load test is over; or who ends whatever there is, and why. */
    record LoadTestUnlockBody(
            @Nullable String runId,
            @Nullable String who,
            @Nullable String why) {}

    /** What was done. */
    record Done(boolean done) {}

    /** What was cleaned up: the requests that were told to stop, and how many ended ones were forgotten. */
    record CleanedUp(List<String> stopped, int forgotten) {}

    void cancel(Context context) {
        String id = present("requestId", body.read(context, Which.class).requestId());
        done(context, pool.cancel(id), "request '" + id + "' does not wait (any more)");
    }

    void revoke(Context context) {
        WhichAndWhy wanted = body.read(context, WhichAndWhy.class);
        String id = present("requestId", wanted.requestId());
        done(
                context,
                pool.operations().revoke(id, present("reason", wanted.reason())),
                "request '" + id + "' does not run (any more)");
    }

    void resize(Context context) {
        pool.operations()
                .resize(present("maxBrowsers", body.read(context, Size.class).maxBrowsers()));
        done(context);
    }

    void pause(Context context) {
        pool.operations().pause(present("reason", body.read(context, Why.class).reason()));
        done(context);
    }

    void resume(Context context) {
        body.read(context, Nothing.class);
        pool.operations().resume();
        done(context);
    }

    void cleanUp(Context context) {
        Ages ages = body.read(context, Ages.class);
        if (ages.staleAfterSeconds() == null && ages.forgetAfterSeconds() == null) {
            throw new BadRequestException(
                    "say what is too old: staleAfterSeconds for leases, forgetAfterSeconds for ended requests, or both");
        }
        List<String> stopped = ages.staleAfterSeconds() == null
                ? List.of()
                : pool.operations().cleanupStale(seconds("staleAfterSeconds", ages.staleAfterSeconds()));
        int forgotten = ages.forgetAfterSeconds() == null
                ? 0
                : pool.operations().cleanupCompleted(seconds("forgetAfterSeconds", ages.forgetAfterSeconds()));
        ReadRoutes.answer(context, new CleanedUp(stopped, forgotten));
    }

    void lockForLoadTest(Context context) {
        LoadTestLockBody wanted = body.read(context, LoadTestLockBody.class);
        Duration time = seconds("seconds", present("seconds", wanted.seconds()));
        ReadRoutes.answer(
                context, LoadTestJson.of(pool.loadTestLock().acquireFor(present("runId", wanted.runId()), time)));
    }

    /** By its name, as its tool does; with who and why by force. */
    void unlockAfterLoadTest(Context context) {
        LoadTestUnlockBody wanted = body.read(context, LoadTestUnlockBody.class);
        if (wanted.who() == null) {
            String id = present("runId", wanted.runId());
            done(context, pool.loadTestLock().release(id), "there is no load test '" + id + "' that ends by its name");
        } else {
            boolean was = pool.loadTestLock()
                    .forceRelease(wanted.who(), present("why", wanted.why()))
                    .isPresent();
            done(context, was, "there is no load test");
        }
    }

    void quarantine(Context context) {
        Quarantine wanted = body.read(context, Quarantine.class);
        boolean isNew = pool.profiles()
                .quarantine(
                        present("profileId", wanted.profileId()),
                        present("who", wanted.who()),
                        present("why", wanted.why()));
        ReadRoutes.answer(context, new Done(isNew));
    }

    void clear(Context context) {
        Note wanted = body.read(context, Note.class);
        String id = present("profileId", wanted.profileId());
        done(
                context,
                pool.profiles().clear(id, present("who", wanted.who()), present("note", wanted.note())),
                "there is nothing to clear about profile " + id);
    }

    void checkOut(Context context) {
        CheckOut wanted = body.read(context, CheckOut.class);
        ReadRoutes.answer(
                context,
                BlockJson.of(pool.profiles()
                        .checkOut(
                                present("profileId", wanted.profileId()),
                                present("who", wanted.who()),
                                present("why", wanted.why()),
                                seconds("seconds", present("seconds", wanted.seconds())))));
    }

    void checkIn(Context context) {
        Note wanted = body.read(context, Note.class);
        String id = present("profileId", wanted.profileId());
        String who = present("who", wanted.who());
        done(
                context,
                pool.profiles().checkIn(id, who, present("note", wanted.note())),
                who + " does not have profile " + id);
    }

    private static void done(Context context) {
        ReadRoutes.answer(context, new Done(true));
    }

    private static void done(Context context, boolean was, String orElse) {
        if (!was) {
            throw new NotFoundException(orElse);
        }
        done(context);
    }

    private static <T> T present(String name, @Nullable T value) {
        if (value == null) {
            throw new BadRequestException("the field " + name + " is missing");
        }
        return value;
    }

    private static Duration seconds(String name, long value) {
        if (value < 0) {
            throw new BadRequestException(name + " is " + value + ", it must not be negative");
        }
        return Duration.ofSeconds(value);
    }
}
