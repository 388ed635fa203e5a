package dev.browserpool.engine;

import dev.browserpool.OperationType;
import dev.browserpool.PoolStatus;
import dev.browserpool.spi.Query;
import dev.browserpool.spi.StatusFacts;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The status page, from one consistent answer of the ledger. */
final class StatusView {
    private final Core core;

    StatusView(Core core) {
        this.core = core;
    }

    PoolStatus status() {
        StatusFacts facts = core.calls.ask(() -> core.ledger().read(new Query.Status()));
        Map<OperationType, PoolStatus.Load> byType = new LinkedHashMap<>();
        OperationType.standard().forEach(type -> byType.put(type, PoolStatus.Load.NONE));
        facts.byType().forEach((type, load) -> byType.put(type, load(load, facts)));
        return new PoolStatus(
                core.config.name(),
                core.limits.view(facts.limit()),
                load(facts.load(), facts),
                facts.pausedBy(),
                facts.loadTest().map(core.views::loadTest),
                facts.pace().waitOfNewcomer(),
                byType,
                core.views.slots(facts.running()),
                core.views.line(0, facts.line(), facts.pace()),
                facts.members(),
                new PoolStatus.Counts(
                        facts.granted(), facts.ended(), core.gates.withRefused(facts.refused()), core.leaks.leaked()),
                percentiles(facts.times().stream()
                        .map(StatusFacts.Times::waited)
                        .sorted()
                        .toList()),
                percentiles(facts.times().stream()
                        .map(StatusFacts.Times::ran)
                        .sorted()
                        .toList()));
    }

    private static PoolStatus.Load load(PoolStatus.Load load, StatusFacts facts) {
        return facts.loadTest().isPresent() ? load.duringLoadTest() : load;
    }

    private static PoolStatus.Percentiles percentiles(List<Duration> sorted) {
        return new PoolStatus.Percentiles(
                sorted.size(), rank(sorted, 50), rank(sorted, 90), rank(sorted, 99), rank(sorted, 100));
    }

    /** Nearest rank. */
    private static Duration rank(List<Duration> sorted, int percent) {
        return sorted.isEmpty() ? Duration.ZERO : sorted.get((sorted.size() * percent + 99) / 100 - 1);
    }
}
