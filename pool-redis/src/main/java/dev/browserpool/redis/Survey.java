package dev.browserpool.redis;

import dev.browserpool.StoreUnusableException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import redis.clients.jedis.UnifiedJedis;

/**
 * What the server is, and what stands under a pool's names: made before a member joins, and again when a script fails.
 *
 * @param version as the server names it, such as 7.0.15
 * @param isReplica whether it follows another server
 * @param types what stands under the keys, in their order; {@code none} if nothing does
 * @param format the version of the pool's format; empty if there is no such pool yet
 */
record Survey(String version, boolean isReplica, List<String> types, Optional<String> format) {
    /** The version of the data that the scripts read and write. */
    static final String FORMAT = "1";

    private static final String OLDEST = "6.2";
    private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+).*");
    private static final String TEXT = LuaPart.read("survey");
    private static final Map<String, String> NAMES = Map.of(
            "zset",
            "a sorted set",
            "hash",
            "a hash",
            "list",
            "a list",
            "stream",
            "a stream",
            "string",
            "a string",
            "set",
            "a set");

    /** Asks the server. Throws what Jedis throws. */
    static Survey of(UnifiedJedis redis, Keys keys) {
        String meta = Integer.toString(Keys.index("meta") + 1);
        List<?> raw = (List<?>) redis.eval(TEXT, keys.all(), List.of(meta));
        String format = raw.get(3).toString();
        return new Survey(
                field(raw.get(0).toString(), "redis_version"),
                field(raw.get(1).toString(), "role").equals("slave"),
                ((List<?>) raw.get(2)).stream().map(Object::toString).toList(),
                format.isEmpty() ? Optional.empty() : Optional.of(format));
    }

    private static String field(String info, String name) {
        Matcher line =
                Pattern.compile("^" + name + ":(\\S+)", Pattern.MULTILINE).matcher(info);
        return line.find() ? line.group(1) : "";
    }

    /** Why no pool can be here. */
    Optional<StoreUnusableException> objection(Keys keys) {
        if (!isNewEnough(version)) {
            return Optional.of(new StoreUnusableException(
                    "the server is Redis " + version + "; it must be " + OLDEST + " or newer"));
        }
        if (isReplica) {
            return Optional.of(
                    new StoreUnusableException(
                            "the server is a read-only replica; name its primary, or hand over a client that finds it by Sentinel"));
        }
        return wrongType(keys)
                .or(() -> format.filter(met -> !met.equals(FORMAT)).map(met -> otherFormat(keys, met, FORMAT)));
    }

    private Optional<StoreUnusableException> wrongType(Keys keys) {
        List<String> expected = Keys.types();
        return IntStream.range(0, types.size())
                .filter(i -> !types.get(i).equals("none") && !types.get(i).equals(expected.get(i)))
                .mapToObj(i -> new StoreUnusableException(
                        "key " + keys.all().get(i), name(expected.get(i)), "it holds " + name(types.get(i))))
                .findFirst();
    }

    private static String name(String type) {
        return NAMES.getOrDefault(type, "a " + type);
    }

    static StoreUnusableException otherFormat(Keys keys, String met, String spoken) {
        return new StoreUnusableException(
                "field v of key " + keys.named("meta"),
                "the format version " + spoken + " that this member speaks",
                "it holds " + met + ": all members must use a version of this library that speaks the same");
    }

    /** Whether a version such as 7.0.15 can run the scripts. */
    static boolean isNewEnough(String version) {
        Matcher numbers = NUMBERS.matcher(version);
        if (!numbers.matches()) {
            return false;
        }
        int major = Integer.parseInt(numbers.group(1));
        return major > 6 || (major == 6 && Integer.parseInt(numbers.group(2)) >= 2);
    }
}
