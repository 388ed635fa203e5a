package dev.browserpool.redis;

import static dev.browserpool.redis.RequestJson.millis;
import static dev.browserpool.redis.RequestJson.text;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.browserpool.BrowserPoolException;
import dev.browserpool.LeaseLoss;
import dev.browserpool.OperationType;
import dev.browserpool.spi.Act;
import dev.browserpool.spi.Admission;
import dev.browserpool.spi.Ask;
import dev.browserpool.spi.Beat;
import dev.browserpool.spi.Change;
import dev.browserpool.spi.Changed;
import dev.browserpool.spi.Claims;
import dev.browserpool.spi.Governed;
import dev.browserpool.spi.Identity;
import dev.browserpool.spi.Joined;
import dev.browserpool.spi.Ledger;
import dev.browserpool.spi.Outcome;
import dev.browserpool.spi.Query;
import dev.browserpool.spi.Release;
import dev.browserpool.spi.Reply;
import dev.browserpool.spi.Ticket;
import dev.browserpool.spi.Which;
import dev.browserpool.spi.Withdrawal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** The transitions of the ledger in Redis, for one member: each is one script. */
final class RedisLedger implements Ledger {
    private final Scripts scripts;
    private final PoolSettings settings;
    private final String me;
    private final LongConsumer messagesSent;
    private final Subscriber subscriber;

    /**
     * @param messagesSent hears how many messages each step has sent
     * @param subscriber hears that this member has joined, and when the sign of life was sent that was answered just now
     */
    RedisLedger(Scripts scripts, PoolSettings settings, String me, LongConsumer messagesSent, Subscriber subscriber) {
        this.scripts = scripts;
        this.settings = settings;
        this.me = me;
        this.messagesSent = messagesSent;
        this.subscriber = subscriber;
    }

    private Answer run(Script script, JsonObject arguments) {
        Answer answer = Answer.of(scripts.run(script, me, arguments.toString()));
        messagesSent.accept(answer.sent());
        return answer;
    }

    private JsonObject comes(Identity identity) {
        JsonObject json = settings.toJson();
        json.addProperty("h", identity.host());
        json.addProperty("p", identity.processId());
        return json;
    }

    @Override
    public Reply<Joined> join(Identity identity) {
        return run(Script.JOIN, comes(identity)).reply((result, facts) -> joined(result));
    }

    @Override
    public Reply<Joined> rejoin(Identity identity, Claims claims) {
        JsonObject json = comes(identity);
        Claimed.write(json, claims);
        return run(Script.REJOIN, json).reply((result, facts) -> joined(result));
    }

    private Joined joined(JsonObject result) {
        settings.seen(result);
        subscriber.hasJoined();
        return new Joined(validFor(result), text(result, "e"), Claimed.refused(result));
    }

    @Override
    public Reply<Admission> submit(Ask ask) {
        JsonObject json = RequestJson.of(ask.ticket());
        json.add("b", RequestJson.write(ask.request(), ask.maxDuration()));
        if (ask.mayWait()) {
            json.addProperty("w", true);
        }
        if (ask.waitsForLoadTest()) {
            json.addProperty("lw", true);
        }
        if (OperationType.standard().contains(ask.request().type())) {
            json.addProperty("d", true);
        }
        return run(Script.SUBMIT, json).reply(Admissions::read, new Admission.NotJoined(""));
    }

    @Override
    public Reply<Withdrawal> withdraw(Ticket ticket, Outcome outcome) {
        JsonObject json = RequestJson.of(ticket);
        json.addProperty("s", outcome.state().name());
        json.addProperty("m", outcome.reason());
        return run(Script.WITHDRAW, json)
                .reply(
                        (result, facts) -> switch (text(result, "k")) {
                            case "G" -> new Withdrawal.Granted(facts.grant(result.getAsJsonObject("g")));
                            case "X" -> new Withdrawal.Gone(facts.where(result.getAsJsonObject("w")));
                            default -> new Withdrawal.Unknown();
                        },
                        new Withdrawal.Unknown());
    }

    @Override
    public Reply<Release> release(Ticket ticket, long token, Outcome outcome) {
        JsonObject json = RequestJson.of(ticket);
        json.addProperty("tok", Long.toString(token));
        json.addProperty("s", outcome.state().name());
        json.addProperty("m", outcome.reason());
        json.addProperty("c", outcome.profile().condition().name());
        json.addProperty("n", outcome.profile().note());
        Changes.progress(json, outcome.profile().progress());
        return run(Script.RELEASE, json)
                .reply((result, facts) -> text(result, "k").equals("E")
                        ? new Release.Ended(Facts.ending(result.getAsJsonObject("e")))
                        : new Release.NotHeld());
    }

    @Override
    public Reply<Changed> change(Ticket ticket, long token, Change change) {
        JsonObject json = RequestJson.of(ticket);
        json.addProperty("tok", Long.toString(token));
        Changes.write(json, change);
        return run(Script.CHANGE, json).reply(Changes::read);
    }

    @Override
    public Reply<List<String>> stop(Which which, LeaseLoss.Reason why, String message) {
        JsonObject json = new JsonObject();
        json.addProperty("w", why.name());
        json.addProperty("m", message);
        if (which instanceof Which.OlderThan older) {
            json.addProperty("k", "older");
            json.addProperty("age", millis(older.age()));
        } else if (which instanceof Which.Running running) {
            json.addProperty("k", "running");
            json.addProperty("id", running.requestId());
        } else if (which instanceof Which.Held held) {
            json.addProperty("k", "held");
            json.addProperty("t", RequestJson.text(held.ticket()));
            json.addProperty("tok", Long.toString(held.token()));
        } else {
            json.addProperty("k", "line");
            json.addProperty("id", ((Which.InLine) which).requestId());
        }
        return run(Script.STOP, json).reply((result, facts) -> ids(result));
    }

    private static List<String> ids(JsonObject result) {
        List<String> ids = new ArrayList<>();
        if (result.has("i")) {
            for (JsonElement id : result.getAsJsonArray("i")) {
                ids.add(id.getAsString());
            }
        }
        return ids;
    }

    @Override
    public Reply<Beat> beat(int leases, int waiters) {
        JsonObject json = new JsonObject();
        json.addProperty("l", leases);
        json.addProperty("w", waiters);
        long sentAt = System.nanoTime();
        Answer answer = run(Script.BEAT, json);
        subscriber.expectEcho(sentAt);
        return answer.reply((result, facts) -> beat(result), new Beat.Rejoin(""));
    }

    private Beat beat(JsonObject result) {
        if (result.has("s")) {
            settings.seen(result);
        }
        return switch (text(result, "k")) {
            case "C" -> new Beat.Confirmed(validFor(result));
            case "M" -> new Beat.Mismatch(validFor(result));
            default -> new Beat.Rejoin(text(result, "e"));
        };
    }

    private static Duration validFor(JsonObject result) {
        return Duration.ofMillis(result.get("v").getAsLong());
    }

    @Override
    public Reply<Boolean> leave() {
        return run(Script.LEAVE, new JsonObject())
                .reply((result, facts) -> text(result, "k").equals("Y"), false);
    }

    @Override
    public Reply<Governed> govern(Act act) {
        return run(Acts.step(act), Acts.write(act)).reply(Acts::read);
    }

    @Override
    public <T> T read(Query<T> query) {
        try {
            return new Questions(scripts, me).ask(query);
        } catch (BrowserPoolException e) {
            throw e;
        } catch (RuntimeException e) {
            throw scripts.failures().unreadable(e);
        }
    }
}
