package dev.browserpool.redis;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Steps as functions of the server: half the cost of scripts. A server older than 7 has none, and a user may be denied them; then, and
 * when the library is not there and can't be loaded just now, a step runs as a script, which decides the same.
 */
final class Functions {
    private static final Logger log = LoggerFactory.getLogger(Functions.class);
    private static final long PAUSE = Duration.ofSeconds(10).toNanos();

    private final UnifiedJedis redis;
    private final Keys keys;
    private final Library library;
    private volatile boolean denied;
    private volatile long loadAgainAt = System.nanoTime();

    Functions(UnifiedJedis redis, Keys keys, Library library) {
        this.redis = redis;
        this.keys = keys;
        this.library = library;
    }

    /**
     * Takes a step.
     *
     * @param otherwise takes it as a script
     */
    Object run(Script step, List<String> values, Sender sender, Supplier<Object> otherwise) {
        if (denied || System.nanoTime() - loadAgainAt < 0) {
            return otherwise.get();
        }
        CommandObject<Object> call = StepCommand.byFunction(library.function(step), keys.all(), values);
        try {
            return sender.send(call);
        } catch (JedisDataException refused) {
            if (!isMissing(refused, Command.FCALL)) {
                throw refused;
            }
        }
        return load() ? again(call, sender, otherwise) : otherwise.get();
    }

    /** While the keys are on their way to another node of a cluster, the library may be here and the keys there. */
    private static Object again(CommandObject<Object> call, Sender sender, Supplier<Object> otherwise) {
        try {
            return sender.send(call);
        } catch (JedisDataException refused) {
            if (isNotLoaded(refused)) {
                return otherwise.get();
            }
            throw refused;
        }
    }

    private boolean isMissing(JedisDataException refused, Command command) {
        if (isDenied(refused, command)) {
            denied = true;
            log.info(
                    "the server has no functions for this user, steps run as scripts: {}",
                    Complaint.of(String.valueOf(refused.getMessage())));
            return true;
        }
        return isNotLoaded(refused);
    }

    private static boolean isNotLoaded(JedisDataException refused) {
        return said(refused).startsWith("ERR Function not found");
    }

    private static boolean isDenied(JedisDataException refused, Command command) {
        String said = said(refused);
        return said.startsWith("ERR unknown command")
                || (said.startsWith("NOPERM")
                        && said.contains("'" + command.name().toLowerCase(Locale.ROOT)));
    }

    private static String said(JedisDataException refused) {
        return String.valueOf(refused.getMessage());
    }

    /** Whether the library is at the server that has the keys, after this. */
    private boolean load() {
        if (denied) {
            return false;
        }
        try {
            Optional<Connection> there = Tap.take(redis, keys.named("meta"));
            if (there.isEmpty()) {
                String unused = redis.functionLoad(library.text());
                return true;
            }
            try (Connection connection = there.get()) {
                Object unused = connection.executeCommand(
                        new CommandArguments(Command.FUNCTION).add("LOAD").add(library.text()));
                return true;
            }
        } catch (JedisDataException refused) {
            if (said(refused).contains("already exists")) {
                return true;
            }
            if (!isMissing(refused, Command.FUNCTION)) {
                loadAgainAt = System.nanoTime() + PAUSE;
                log.warn("the library of functions can't be loaded now, steps run as scripts: {}", said(refused));
            }
            return false;
        }
    }
}
