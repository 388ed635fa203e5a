package dev.browserpool.redis;

import com.google.gson.JsonObject;
import dev.browserpool.OperationType;
import dev.browserpool.PoolStatus;
import dev.browserpool.RefusalReason;
import dev.browserpool.SlotState;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.spi.Grant;
import dev.browserpool.spi.Holdings;
import dev.browserpool.spi.LinePage;
import dev.browserpool.spi.Pace;
import dev.browserpool.spi.ProfileFacts;
import dev.browserpool.spi.Query;
import dev.browserpool.spi.SlotFacts;
import dev.browserpool.spi.StatusFacts;
import dev.browserpool.spi.Ticket;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Questions to the ledger: one script each, which changes nothing. */
final class Questions {
    private final Scripts scripts;
    private final String me;

    Questions(Scripts scripts, String me) {
        this.scripts = scripts;
        this.me = me;
    }

    /** Each question is a record of its own that names its answer's type, so the cast cannot fail. */
    @SuppressWarnings("unchecked")
    <T> T ask(Query<T> query) {
        return (T) answer(query);
    }

    private Object answer(Query<?> query) {
        if (query instanceof Query.Status) {
            return status(run("status", new JsonObject()));
        }
        if (query instanceof Query.Slot slot) {
            return texts(run("slot", json("id", slot.requestId())), facts -> facts::slot).stream()
                    .findFirst();
        }
        if (query instanceof Query.Place place) {
            return texts(run("place", json("t", RequestJson.text(place.ticket()))), facts -> facts::where).stream()
                    .findFirst();
        }
        if (query instanceof Query.Line line) {
            Reading reading = run("line", page(line.offset(), line.limit()));
            Pace pace = Facts.pace(Facts.object(reading.answer.get(0).toString()));
            return new LinePage(slots(reading.facts, reading.answer.get(1)), pace);
        }
        if (query instanceof Query.Recent recent) {
            return texts(run("recent", page(0, recent.limit())), facts -> facts::slot);
        }
        if (query instanceof Query.Profile profile) {
            return texts(run("profile", json("p", profile.profileId())), facts -> facts::profile).stream()
                    .findFirst()
                    .orElseThrow();
        }
        if (query instanceof Query.Profiles) {
            return texts(run("profiles", new JsonObject()), facts -> facts::profile).stream()
                    .sorted(java.util.Comparator.comparing(ProfileFacts::profileId))
                    .toList();
        }
        if (query instanceof Query.ProfileHistory history) {
            JsonObject json = json("p", history.profileId());
            json.addProperty("n", history.limit());
            return texts(run("past", json), facts -> facts::record);
        }
        if (query instanceof Query.LoadTest) {
            return texts(run("loadtest", new JsonObject()), facts -> facts::loadTest).stream()
                    .findFirst();
        }
        if (query instanceof Query.LoadTests past) {
            JsonObject json = json("p", ""); // as a profile without a name
            json.addProperty("n", past.limit());
            return texts(run("past", json), facts -> facts::loadTestRecord);
        }
        return mine(run("mine", new JsonObject()));
    }

    /** What a question was answered with, and as of when. */
    private record Reading(Facts facts, List<?> answer) {}

    private Reading run(String kind, JsonObject arguments) {
        arguments.addProperty("k", kind);
        boolean isReliedOn = kind.equals("mine"); // it may hold a grant that was never heard of
        List<?> raw = isReliedOn
                ? scripts.run(Script.READ, me, arguments.toString())
                : scripts.look(me, arguments.toString());
        if (raw.isEmpty() && !isReliedOn) {
            throw new StoreUnavailableException(
                    "the store has lost the data of this pool; its members come back to it");
        }
        return raw.isEmpty()
                ? new Reading(new Facts(0), List.of())
                : new Reading(new Facts(Long.parseLong(raw.get(0).toString())), (List<?>) raw.get(1));
    }

    private static JsonObject json(String name, String value) {
        JsonObject json = new JsonObject();
        json.addProperty(name, value);
        return json;
    }

    private static JsonObject page(int offset, int limit) {
        JsonObject json = new JsonObject();
        json.addProperty("o", offset);
        json.addProperty("n", limit);
        return json;
    }

    private static <T> List<T> texts(Reading reading, Function<Facts, Function<JsonObject, T>> reader) {
        Function<JsonObject, T> read = reader.apply(reading.facts);
        return reading.answer.stream()
                .map(text -> read.apply(Facts.object(text.toString())))
                .toList();
    }

    private static List<SlotFacts> slots(Facts facts, Object texts) {
        return ((List<?>) texts)
                .stream().map(text -> facts.slot(Facts.object(text.toString()))).toList();
    }

    private static StatusFacts status(Reading reading) {
        List<?> all = reading.answer;
        List<?> settings = (List<?>) all.get(0);
        Counts counts = Counts.of((List<?>) all.get(1));
        String pausedBy = settings.get(3).toString();
        String loadTest = settings.get(4).toString();
        return new StatusFacts(
                new PoolStatus.Limit(number(settings.get(0)), number(settings.get(1)), number(settings.get(2))),
                counts.total(),
                pausedBy.isEmpty() ? Optional.empty() : Optional.of(pausedBy),
                loadTest.isEmpty() ? Optional.empty() : Optional.of(reading.facts.loadTest(Facts.object(loadTest))),
                Facts.pace(Facts.object(settings.get(5).toString())),
                counts.byType(),
                slots(reading.facts, all.get(3)),
                slots(reading.facts, all.get(4)),
                ((List<?>) all.get(2)).stream().map(Object::toString).toList(),
                counts.granted(),
                counts.by("e|", SlotState.class),
                counts.by("r|", RefusalReason.class),
                ((List<?>) all.get(5)).stream().map(Questions::times).toList());
    }

    private static StatusFacts.Times times(Object text) {
        String[] parts = text.toString().split(" ", 2);
        return new StatusFacts.Times(
                Duration.ofMillis(Long.parseLong(parts[0])), Duration.ofMillis(Long.parseLong(parts[1])));
    }

    private static int number(Object value) {
        return Integer.parseInt(value.toString());
    }

    private static Holdings mine(Reading reading) {
        Map<Ticket, Grant> leases = new HashMap<>();
        Set<Ticket> waiters = new HashSet<>();
        Optional<Ticket> loadTest = Optional.empty();
        boolean known =
                !reading.answer.isEmpty() && reading.answer.get(0).toString().equals("1");
        if (known) {
            for (Object text : (List<?>) reading.answer.get(1)) {
                JsonObject lease = Facts.object(text.toString());
                leases.put(Facts.ticket(RequestJson.text(lease, "t")), reading.facts.grant(lease.getAsJsonObject("g")));
            }
            for (Object ticket : (List<?>) reading.answer.get(2)) {
                waiters.add(Facts.ticket(ticket.toString()));
            }
            String own = reading.answer.get(3).toString();
            loadTest = own.isEmpty() ? Optional.empty() : Optional.of(Facts.ticket(own));
        }
        return new Holdings(known, leases, waiters, loadTest);
    }

    /** The tally: {@code granted}, {@code e|STATE}, {@code r|REASON}, {@code y|type|what}. */
    private record Counts(Map<String, Long> fields) {
        static Counts of(List<?> flat) {
            Map<String, Long> fields = new HashMap<>();
            for (int i = 0; i < flat.size(); i += 2) {
                fields.put(
                        flat.get(i).toString(), Long.parseLong(flat.get(i + 1).toString()));
            }
            return new Counts(fields);
        }

        long granted() {
            return fields.getOrDefault("granted", 0L);
        }

        <E extends Enum<E>> Map<E, Long> by(String prefix, Class<E> type) {
            Map<E, Long> counts = new EnumMap<>(type);
            fields.forEach((field, count) -> {
                if (field.startsWith(prefix)) {
                    counts.put(Enum.valueOf(type, field.substring(prefix.length())), count);
                }
            });
            return counts;
        }

        Map<OperationType, PoolStatus.Load> byType() {
            Map<OperationType, PoolStatus.Load> loads = new HashMap<>();
            for (String field : fields.keySet()) {
                if (field.startsWith("y|")) {
                    String type = field.split("\\|", 3)[1];
                    loads.put(new OperationType(type), load(type));
                }
            }
            return loads;
        }

        private PoolStatus.Load load(String type) {
            int ready = count(type, "ready");
            return new PoolStatus.Load(
                    count(type, "running"), count(type, "stopping"), ready, count(type, "waiting") - ready);
        }

        private int count(String type, String what) {
            return fields.getOrDefault("y|" + type + "|" + what, 0L).intValue();
        }

        PoolStatus.Load total() {
            return byType().values().stream()
                    .reduce(
                            PoolStatus.Load.NONE,
                            (one, other) -> new PoolStatus.Load(
                                    one.running() + other.running(),
                                    one.stopping() + other.stopping(),
                                    one.waitingForSlot() + other.waitingForSlot(),
                                    one.waitingForProfile() + other.waitingForProfile()));
        }
    }
}
