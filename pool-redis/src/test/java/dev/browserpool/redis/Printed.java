package dev.browserpool.redis;

import dev.browserpool.PoolStatus;
import dev.browserpool.spi.LockFacts;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a ledger said, as text that two ledgers must have in common: members by the order in which they came, tokens by the order in
 * which they were first seen, no arrival numbers, sets sorted.
 */
final class Printed {
    private static final Set<String> TOKENS = Set.of("token", "parkedToken");
    /** The newest times are the history's in memory, and a list of their own in Redis, which is as long but not trimmed with it. */
    private static final Set<String> UNSAID = Set.of("arrival", "epoch", "host", "processId", "times");

    private final List<String> members = new ArrayList<>();
    private final List<Long> tokens = new ArrayList<>();

    void member(String id) {
        members.add(id);
    }

    String of(Object value) {
        if (value instanceof Optional<?> maybe) {
            return maybe.map(this::of).orElse("-");
        }
        if (value instanceof Duration duration) {
            return duration.toMillis() + "ms";
        }
        if (value instanceof Map<?, ?> map) {
            return sorted(map.entrySet().stream()
                    .filter(entry -> !entry.getValue().equals(PoolStatus.Load.NONE))
                    .map(entry -> of(entry.getKey()) + "=" + of(entry.getValue()))
                    .toList());
        }
        if (value instanceof Set<?> set) {
            return sorted(set.stream().map(this::of).toList());
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(this::of).toList().toString();
        }
        return value instanceof Record record ? record(record) : named(value.toString());
    }

    private static String sorted(List<String> texts) {
        return texts.stream().sorted(Comparator.naturalOrder()).toList().toString();
    }

    private String record(Record record) {
        StringBuilder text = new StringBuilder(record.getClass().getSimpleName()).append('(');
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            if (!UNSAID.contains(component.getName()) || component.getType() == LockFacts.Times.class) {
                Object part = part(record, component);
                text.append(component.getName())
                        .append(' ')
                        .append(
                                TOKENS.contains(component.getName())
                                        ? token((long) part)
                                        : of(anyOrder(component, part)))
                        .append(' ');
            }
        }
        return text.append(')').toString();
    }

    private static Object anyOrder(RecordComponent component, Object part) {
        return component.getName().equals("members") ? Set.copyOf((List<?>) part) : part;
    }

    private static Object part(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private String token(long token) {
        if (token == 0) {
            return "none";
        }
        if (!tokens.contains(token)) {
            tokens.add(token);
        }
        return "T" + tokens.indexOf(token);
    }

    /** Reasons name members. */
    private String named(String text) {
        String named = text;
        for (int i = 0; i < members.size(); i++) {
            named = named.replace(members.get(i), "member" + i);
        }
        return named;
    }
}
