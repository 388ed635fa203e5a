package dev.browserpool.examples.dashboard;

import static java.util.stream.Collectors.joining;

import dev.browserpool.BrowserPool;
import dev.browserpool.BrowserSlot;
import dev.browserpool.PoolStatus;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.StoreUnusableException;
import dev.browserpool.examples.dashboard.json.EvidenceLink;
import dev.browserpool.examples.dashboard.json.LineJson;
import dev.browserpool.examples.dashboard.json.PressureJson;
import dev.browserpool.examples.dashboard.json.ProfileJson;
import dev.browserpool.examples.dashboard.json.RecordJson;
import dev.browserpool.examples.dashboard.json.SlotJson;
import dev.browserpool.examples.dashboard.json.StatusJson;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Everything that can be asked. */
final class ReadRoutes {
    private static final int LONGEST_PAGE = 1_000;

    private final BrowserPool pool;
    private final Lookout lookout;
    private final Optional<EvidenceShelf> shelf;

    ReadRoutes(BrowserPool pool, Lookout lookout, Optional<EvidenceShelf> shelf) {
        this.pool = pool;
        this.lookout = lookout;
        this.shelf = shelf;
    }

    void status(Context context) {
        answer(context, StatusJson.of(pool.status(), Instant.now()));
    }

    void request(Context context) {
        String id = Objects.requireNonNullElse(context.queryParam("id"), "");
        BrowserSlot slot = pool.slot(id)
                .orElseThrow(() -> new NotFoundException(
                        "request '" + id + "' neither waits nor runs, and is not in the history (any more)"));
        answer(context, json(slot, evidence()));
    }

    void recent(Context context) {
        int limit = Parameters.number(context, "limit", 50, 1, LONGEST_PAGE);
        Function<BrowserSlot, Optional<EvidenceLink>> evidence = evidence();
        answer(
                context,
                pool.recent(limit).stream().map(slot -> json(slot, evidence)).toList());
    }

    void line(Context context) {
        int offset = Parameters.number(context, "offset", 0, 0, Integer.MAX_VALUE);
        int limit = Parameters.number(context, "limit", 50, 1, LONGEST_PAGE);
        PoolStatus status = pool.status();
        List<PoolStatus.Waiting> page = pool.operations().line(offset, limit);
        answer(
                context,
                new LineJson(
                        offset,
                        status.load().waiting(),
                        page.stream().map(StatusJson::waiting).toList()));
    }

    void profiles(Context context) {
        answer(context, pool.profiles().views().stream().map(ProfileJson::of).toList());
    }

    void profile(Context context) {
        answer(context, ProfileJson.of(pool.profiles().view(context.pathParam("id"))));
    }

    void history(Context context) {
        int limit = Parameters.number(context, "limit", 50, 1, LONGEST_PAGE);
        answer(
                context,
                pool.profiles().history(context.pathParam("id"), limit).stream()
                        .map(RecordJson::of)
                        .toList());
    }

    void load(Context context) {
        answer(context, lookout.samples());
    }

    void conflicts(Context context) {
        answer(context, lookout.conflicts());
    }

    void pressure(Context context) {
        PressureJson pressure;
        try {
            pressure = PressureJson.of(pool.status(), pool.config().gates());
        } catch (StoreUnavailableException | StoreUnusableException e) {
            pressure = PressureJson.storeAway(String.valueOf(e.getMessage()));
        }
        if (pressure.available()) {
            answer(context, pressure);
        } else {
            problem(pressure).send(context);
        }
    }

    /** For programs that only know problems it says why in a sentence, for others field by field. */
    private static Problem problem(PressureJson pressure) {
        String why =
                pressure.reasons().stream().map(PressureJson.Reason::detail).collect(joining("; "));
        return Problem.of(503, "no-browser-now", "Nobody who comes now gets a browser at once", why)
                .with(Wire.fields(pressure))
                .retryAfter(Optional.ofNullable(pressure.estimatedWaitMillis())
                        .map(Duration::ofMillis)
                        .filter(wait -> !wait.isZero())
                        .orElse(PoolProblems.SOON));
    }

    private Function<BrowserSlot, Optional<EvidenceLink>> evidence() {
        return shelf.map(EvidenceShelf::finder).orElse(slot -> Optional.empty());
    }

    private static SlotJson json(BrowserSlot slot, Function<BrowserSlot, Optional<EvidenceLink>> evidence) {
        return SlotJson.of(slot, evidence.apply(slot));
    }

    static void answer(Context context, Object value) {
        context.contentType("application/json").result(Wire.write(value));
    }
}
