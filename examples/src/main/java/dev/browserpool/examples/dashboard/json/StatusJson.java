package dev.browserpool.examples.dashboard.json;

import static java.util.stream.Collectors.toMap;

import dev.browserpool.OperationType;
import dev.browserpool.PoolStatus;
import dev.browserpool.PoolStatus.Waiting;
import dev.browserpool.RefusalReason;
import dev.browserpool.SlotState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The pool at one moment.
 *
 * @param at by the clock of the server that says it
 * @param available slots that a newcomer could have at once
 * @param estimatedWaitMillis how long a newcomer would wait; left out if nobody can tell
 * @param line the first of those in line
 */
public record StatusJson(
        String name,
        Instant at,
        Limit limit,
        LoadJson load,
        int available,
        @Nullable String pausedBy,
        @Nullable LoadTestJson loadTest,
        @Nullable Long estimatedWaitMillis,
        List<TypeJson> byType,
        List<SlotJson> running,
        List<WaitingJson> line,
        List<String> members,
        Counts counts,
        TimesJson waitTimes,
        TimesJson runTimes) {

    /**
     * How many may run and wait.
     *
     * @param maxBrowsers in force
     * @param requested what was asked for
     * @param reason why that is another number
     */
    public record Limit(
            int maxBrowsers,
            int maxQueued,
            int maxQueuedPerProfile,
            int requested,
            @Nullable String reason) {
        static Limit of(PoolStatus.Limit limit) {
            return new Limit(
                    limit.maxBrowsers(),
                    limit.maxQueued(),
                    limit.maxQueuedPerProfile(),
                    limit.requested(),
                    limit.reason().orElse(null));
        }
    }

    /**
     * The load of one operation type.
     *
     * @param standard whether it is one of the nine that every pool has
     */
    public record TypeJson(String type, boolean standard, LoadJson load) {}

    /** What happened since the pool's start. */
    public record Counts(long granted, Map<String, Long> ended, Map<String, Long> refused, long leaked) {
        static Counts of(PoolStatus.Counts counts) {
            return new Counts(
                    counts.granted(),
                    byName(counts.ended(), SlotState::name),
                    byName(counts.refused(), RefusalReason::name),
                    counts.leaked());
        }

        private static <K> Map<String, Long> byName(Map<K, Long> counts, Function<K, String> name) {
            return new TreeMap<>(
                    counts.entrySet().stream().collect(toMap(e -> name.apply(e.getKey()), Map.Entry::getValue)));
        }
    }

    /** Of a status that was read at this moment. */
    public static StatusJson of(PoolStatus status, Instant at) {
        return new StatusJson(
                status.name(),
                at,
                Limit.of(status.limit()),
                LoadJson.of(status.load()),
                status.available(),
                status.pausedBy().orElse(null),
                status.loadTest().map(LoadTestJson::of).orElse(null),
                status.estimatedWait().map(Duration::toMillis).orElse(null),
                status.byType().entrySet().stream().map(StatusJson::type).toList(),
                status.running().stream().map(SlotJson::of).toList(),
                status.line().stream().map(StatusJson::waiting).toList(),
                status.members(),
                Counts.of(status.counts()),
                TimesJson.of(status.waitTimes()),
                TimesJson.of(status.runTimes()));
    }

    /** One place of the line. */
    public static WaitingJson waiting(Waiting waiting) {
        return new WaitingJson(
                waiting.position(),
                waiting.estimatedWait().map(Duration::toMillis).orElse(null),
                SlotJson.of(waiting.slot()));
    }

    private static TypeJson type(Map.Entry<OperationType, PoolStatus.Load> entry) {
        return new TypeJson(
                entry.getKey().name(),
                OperationType.standard().contains(entry.getKey()),
                LoadJson.of(entry.getValue()));
    }
}
