package dev.browserpool.redis;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * Has the server take the steps of one pool: as functions, where it has them, or as scripts, by their digests, and by their texts when
 * the server has forgotten them.
 */
final class Scripts {
    private final UnifiedJedis redis;
    private final Keys keys;
    private final Supplier<String> clock;
    private final Failures failures;
    private final Sender looking;
    private final Sender relied;
    private final Functions functions;
    private final Map<Script, String> texts = new EnumMap<>(Script.class);
    private final Map<Script, String> digests = new EnumMap<>(Script.class);

    /**
     * @param clockPart which file tells the scripts the time
     * @param clock what that file is given
     */
    Scripts(UnifiedJedis redis, Keys keys, String clockPart, Supplier<String> clock) {
        this(redis, keys, clockPart, clock, redis::executeCommand);
    }

    /** The same with another way for steps on whose answers the member relies. */
    Scripts(UnifiedJedis redis, Keys keys, String clockPart, Supplier<String> clock, Sender relied) {
        this.redis = redis;
        this.looking = redis::executeCommand;
        this.relied = relied;
        this.keys = keys;
        this.clock = clock;
        this.functions = new Functions(redis, keys, Library.of(clockPart));
        this.failures = new Failures(keys, () -> Survey.of(redis, keys));
        for (Script script : Script.values()) {
            String text = script.text(clockPart);
            texts.put(script, text);
            digests.put(script, LuaPart.sha1(text));
        }
    }

    /** Takes a step on whose answer the member relies. */
    List<?> run(Script script, String member, String arguments) {
        return run(script, member, arguments, relied);
    }

    /** Looks at something, as it may be now. */
    List<?> look(String member, String arguments) {
        return run(Script.READ, member, arguments, looking);
    }

    private List<?> run(Script script, String member, String arguments, Sender sender) {
        List<String> values = List.of(clock.get(), member, arguments);
        try {
            Object answer = functions.run(script, values, sender, () -> asScript(script, values, sender));
            return answer instanceof List<?> list ? list : List.of();
        } catch (JedisException failed) {
            throw failures.meaning(failed);
        }
    }

    private Object asScript(Script script, List<String> values, Sender sender) {
        try {
            return sender.send(StepCommand.byDigest(digests.getOrDefault(script, ""), keys.all(), values));
        } catch (JedisNoScriptException forgotten) {
            return sender.send(StepCommand.byText(texts.getOrDefault(script, ""), keys.all(), values));
        }
    }

    /**
     * Whether a pool can be here; throws if not.
     *
     * @param pings whether the member needs the right to ping
     */
    void inspect(boolean pings) {
        try {
            if (pings) {
                redis.ping();
            }
            Survey.of(redis, keys).objection(keys).ifPresent(objection -> {
                throw objection;
            });
        } catch (JedisException failed) {
            throw failures.meaning(failed);
        }
    }

    Failures failures() {
        return failures;
    }
}
