package dev.browserpool.benchmarks.scale;

import com.google.gson.JsonObject;
import dev.browserpool.PoolConfig;
import dev.browserpool.redis.RedisBrowserPool;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.resps.LibraryInfo;

/**
 * The steps of a pool on a clock that the caller sets: the library of functions that a pool itself has loaded, with nothing but its clock
 * replaced. Each caller is whichever member it says it is.
 */
final class VirtualStore {
    private static final long EPOCH = 1_000_000_000_000_000L;
    private static final Pattern KEY_NAMES = Pattern.compile("(?s)local KEY_NAMES = \\{(.*?)}");
    private static final Pattern NAME = Pattern.compile("'(\\w+)'");
    private static final String FIRST_FUNCTION = "redis.register_function(";
    private static final String CLOCK = """
            function P.server_micros() return tonumber(TOLD) end
            function P.server_life() return 'virtual', 1000000, false end
            """;

    private final Jedis redis;
    private final String library;
    private final String start;
    private final List<String> keys;
    private final SplittableRandom random = new SplittableRandom(1);
    private long micros = EPOCH;

    private VirtualStore(Jedis redis, String library, String start, List<String> keys) {
        this.redis = redis;
        this.library = library;
        this.start = start;
        this.keys = keys;
    }

    /** A pool that nobody has joined yet. */
    static VirtualStore open(Jedis redis, String url) {
        LibraryInfo loaded = loaded(redis, url);
        String name = loaded.getLibraryName() + "_virtual";
        String code = loaded.getLibraryCode().replace(loaded.getLibraryName(), name);
        String text =
                code.replaceFirst(Pattern.quote(FIRST_FUNCTION), Matcher.quoteReplacement(CLOCK + FIRST_FUNCTION));
        String unused = redis.functionLoadReplace(text);
        Matcher names = KEY_NAMES.matcher(code);
        if (!names.find()) {
            throw new IllegalStateException("the library does not say how its keys are called");
        }
        String start = "bp:{virtual-" + UUID.randomUUID() + "}:";
        List<String> keys = NAME.matcher(names.group(1))
                .results()
                .map(found -> start + found.group(1))
                .toList();
        return new VirtualStore(redis, name, start, keys);
    }

    private static LibraryInfo loaded(Jedis redis, String url) {
        String pool = "loads-" + UUID.randomUUID();
        RedisBrowserPool.connect(url, PoolConfig.builder().name(pool).build()).close();
        redis.keys("bp:{" + pool + "}:*").forEach(redis::del);
        return redis.functionListWithCode("browserpool_*").stream()
                .filter(library -> !library.getLibraryName().endsWith("_virtual"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the server has no functions; it must be 7.0 or newer"));
    }

    /** In milliseconds since an arbitrary moment; it never goes back. Somewhere within that one: steps draw lots by the rest. */
    void clock(long millis) {
        micros = Math.max(micros, EPOCH + millis * 1_000 + random.nextInt(900));
    }

    /** A step of a member: {@code result, now, next due, more, messages, signals…}. */
    List<?> step(String name, String member, JsonObject arguments) {
        micros++; // no two steps at the same time, so that tokens are told apart
        return (List<?>)
                redis.fcall(library + "_" + name, keys, List.of(Long.toString(micros), member, arguments.toString()));
    }

    /** The names of the channels on which members hear. */
    String channels() {
        return start + "to:*";
    }

    ServerReading reading() {
        return ServerReading.of(redis);
    }

    long memory() {
        return Long.parseLong(redis.info("memory")
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .findFirst()
                .orElseThrow()
                .substring("used_memory:".length())
                .strip());
    }

    void delete() {
        keys.forEach(redis::del);
    }
}
