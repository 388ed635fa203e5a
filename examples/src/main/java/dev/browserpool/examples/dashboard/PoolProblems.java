package dev.browserpool.examples.dashboard;

import dev.browserpool.ActionNotAllowedException;
import dev.browserpool.AdmissionRefusedException;
import dev.browserpool.BrowserPool;
import dev.browserpool.BrowserPoolException;
import dev.browserpool.DuplicateRequestException;
import dev.browserpool.HostOverloadedException;
import dev.browserpool.LoadTestInProgressException;
import dev.browserpool.LoadTestTimeoutException;
import dev.browserpool.ParentNotRunningException;
import dev.browserpool.PoolClosedException;
import dev.browserpool.ProfileConflictException;
import dev.browserpool.ProfileElsewhereException;
import dev.browserpool.ProfileQuarantinedException;
import dev.browserpool.ProxyMismatchException;
import dev.browserpool.QueueFullException;
import dev.browserpool.RequestCancelledException;
import dev.browserpool.SlotTimeoutException;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.StoreUnusableException;
import dev.browserpool.examples.dashboard.json.LoadTestJson;
import dev.browserpool.examples.dashboard.json.ProfileJson;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the pool's exceptions mean to somebody behind HTTP. Not only for the routes of this package: an application that acquires
 * browsers in its own handlers registers it for {@link BrowserPoolException}, and its callers hear when to come again.
 */
public final class PoolProblems {
    static final Duration SOON = Duration.ofSeconds(5);

    private final BrowserPool pool;

    private record Kind(Class<? extends BrowserPoolException> of, int status, String code, String title) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(QueueFullException.class, 429, "line-full", "Too many requests wait already"),
            new Kind(SlotTimeoutException.class, 503, "no-slot-in-time", "No browser was free in time"),
            new Kind(LoadTestInProgressException.class, 409, "load-test", "A load test has the pool"),
            new Kind(LoadTestTimeoutException.class, 409, "load-test", "The pool was not free for a load test in time"),
            new Kind(HostOverloadedException.class, 503, "host-overloaded", "The host has no room"),
            new Kind(AdmissionRefusedException.class, 503, "not-admitted", "A gate lets nobody in"),
            new Kind(StoreUnavailableException.class, 503, "store-away", "The store does not answer"),
            new Kind(StoreUnusableException.class, 503, "store-unusable", "The store can't be used"),
            new Kind(PoolClosedException.class, 503, "pool-closed", "The pool is closed"),
            new Kind(ProfileConflictException.class, 409, "profile-conflict", "The profile is taken"),
            new Kind(ProfileQuarantinedException.class, 409, "profile-quarantined", "The profile is in quarantine"),
            new Kind(ProfileElsewhereException.class, 409, "profile-elsewhere", "The profile lives on another host"),
            new Kind(ProxyMismatchException.class, 409, "proxy-mismatch", "The profile belongs to another proxy"),
            new Kind(DuplicateRequestException.class, 409, "duplicate-request", "The request is there already"),
            new Kind(ParentNotRunningException.class, 409, "parent-not-running", "The parent does not run"),
            new Kind(RequestCancelledException.class, 409, "request-cancelled", "The request was cancelled"),
            new Kind(ActionNotAllowedException.class, 403, "action-not-allowed", "The request may not do that"));

    /** For the exceptions of this pool. */
    public PoolProblems(BrowserPool pool) {
        this.pool = pool;
    }

    /** The problem that an exception stands for; one with status 500 if it is of a kind that is not known here. */
    public Problem of(BrowserPoolException e) {
        Problem problem = KINDS.stream()
                .filter(kind -> kind.of().isInstance(e))
                .findFirst()
                .map(kind -> Problem.of(kind.status(), kind.code(), kind.title(), message(e)))
                .orElseGet(() -> Problem.of(500, "pool", "The pool refused", message(e)));
        return retryAfter(e).map(problem::retryAfter).orElse(problem).with(facts(e));
    }

    private Optional<Duration> retryAfter(BrowserPoolException e) {
        if (e instanceof QueueFullException || e instanceof SlotTimeoutException) {
            return Optional.of(estimate());
        }
        boolean mayPass = e instanceof StoreUnavailableException || e instanceof HostOverloadedException;
        return mayPass ? Optional.of(SOON) : Optional.empty();
    }

    private Duration estimate() {
        try {
            return pool.status().estimatedWait().orElse(SOON);
        } catch (BrowserPoolException e) {
            return SOON;
        }
    }

    private static Map<String, Object> facts(BrowserPoolException e) {
        Map<String, Object> facts = new LinkedHashMap<>();
        if (e instanceof QueueFullException full) {
            facts.put("waiting", full.waiting());
            facts.put("maximum", full.maximum());
            full.profileId().ifPresent(id -> facts.put("profileId", id));
        } else if (e instanceof ProfileConflictException conflict) {
            facts.put("profileId", conflict.profileId());
            conflict.current().ifPresent(lock -> facts.put("owner", ProfileJson.OwnerJson.of(lock)));
            conflict.block().ifPresent(block -> facts.put("block", ProfileJson.BlockJson.of(block)));
        } else if (e instanceof LoadTestInProgressException loadTest) {
            facts.put("loadTest", LoadTestJson.of(loadTest.loadTest()));
        } else if (e instanceof SlotTimeoutException late && late.position() > 0) {
            facts.put("position", late.position());
        }
        return facts;
    }

    private static String message(BrowserPoolException e) {
        return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    }
}
