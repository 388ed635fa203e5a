package dev.browserpool.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.StoreUnusableException;
import dev.browserpool.contract.LogCapture;
import dev.browserpool.redis.servers.Binary;
import dev.browserpool.redis.servers.ServerProcess;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.XAddParams;

/** What stands under a pool's names is not what it should be: it is said where, and left as it is. */
class BadStoreTest {
    private static final String URL = "redis://127.0.0.1:" + TestServer.get().port;

    private final RedisClient redis = RedisClient.create("127.0.0.1", TestServer.get().port);
    private final PoolConfig config = PoolConfig.builder()
            .name("bad-" + UUID.randomUUID())
            .maxBrowsers(1)
            .closeGrace(Duration.ZERO)
            .pollInterval(Duration.ofMillis(200))
            .build();
    private final Keys keys = Keys.of("bp", config.name());

    @AfterEach
    void clear() {
        redis.del(keys.all().toArray(String[]::new));
        redis.close();
    }

    static Stream<String> names() {
        return Keys.of("bp", "x").all().stream().map(key -> key.substring(key.lastIndexOf(':') + 1));
    }

    @ParameterizedTest
    @MethodSource("names")
    void aKeyOfAnotherTypeIsNamedAndLeftAsItIs(String name) {
        String key = keys.named(name);
        redis.set(key, "mine");

        assertThatThrownBy(this::connect)
                .isInstanceOfSatisfying(StoreUnusableException.class, e -> {
                    assertThat(e.key()).contains("key " + key);
                    assertThat(e.expected().orElseThrow()).matches("a (sorted set|hash|list|stream)");
                })
                .hasMessageEndingWith("it holds a string");
        assertThat(redis.get(key)).isEqualTo("mine");
        assertThat(redis.keys("bp:{" + config.name() + "}:*")).containsExactly(key);
    }

    private BrowserPool connect() {
        return RedisBrowserPool.connect(URL, config);
    }

    @Test
    void anotherVersionOfTheFormatIsRefusedAndNothingIsChanged() throws Exception {
        connect().close();
        redis.hset(keys.named("meta"), "v", "7");
        Map<String, List<Byte>> before = everything();

        assertThatThrownBy(this::connect)
                .isInstanceOf(StoreUnusableException.class)
                .hasMessageContaining("field v of key " + keys.named("meta"))
                .hasMessageContaining("format version 1 that this member speaks, and it holds 7");
        assertThat(everything()).isEqualTo(before);
    }

    private Map<String, List<Byte>> everything() {
        Map<String, List<Byte>> dumps = new LinkedHashMap<>();
        keys.all().stream().filter(redis::exists).forEach(key -> dumps.put(key, bytes(redis.dump(key))));
        return dumps;
    }

    private static List<Byte> bytes(byte[] raw) {
        Byte[] boxed = new Byte[raw.length];
        for (int i = 0; i < raw.length; i++) {
            boxed[i] = raw[i];
        }
        return List.of(boxed);
    }

    @Test
    void aVersionThatChangesUnderALivingPoolIsNamedToo() throws Exception {
        try (LogCapture log = LogCapture.from(Level.WARN);
                BrowserPool pool = connect()) {
            redis.hset(keys.named("meta"), "v", "7");

            assertThatThrownBy(() -> pool.acquire(SlotRequest.of(OperationType.AGENT)))
                    .isInstanceOf(StoreUnusableException.class)
                    .hasMessageContaining("format version 1 that this member speaks, and it holds 7");
            redis.hset(keys.named("meta"), "v", "1");
            pool.acquire(SlotRequest.of(OperationType.AGENT)).close();
            assertThat(log.linesWith("could not")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"meta, cap, a number", "meta, ttl, a number", "meta, clock, a number", "meta, token, a number"})
    void aSettingThatIsNoNumberIsNamedAndLeftAsItIs(String name, String field, String expected) {
        connect().close();
        redis.hset(keys.named(name), field, "lots");

        assertThatThrownBy(this::connect).isInstanceOfSatisfying(StoreUnusableException.class, e -> {
            assertThat(e.key()).contains("field " + field + " of key " + keys.named(name));
            assertThat(e.expected()).contains(expected);
        });
        assertThat(redis.hget(keys.named(name), field)).isEqualTo("lots");
    }

    @Test
    void aDamagedRequestEndsTheCallsThatMeetItAtOnceAndIsNamed() throws Exception {
        try (BrowserPool pool = connect();
                SlotLease lease = pool.acquire(SlotRequest.of("owner", OperationType.AGENT))) {
            CompletableFuture<SlotLease> next = pool.acquireAsync(SlotRequest.of("next", OperationType.AGENT));
            await().until(() -> redis.zcard(keys.named("waiting")) == 1);
            String ticket = redis.zrange(keys.named("waiting"), 0, 0).get(0);
            String good = redis.hget(keys.named("requests"), ticket);
            redis.hset(keys.named("requests"), ticket, "{\"t\":");

            StoreUnusableException damaged =
                    catchThrowableOfType(StoreUnusableException.class, () -> pool.cancel("next"));
            assertThat(damaged.key()).contains("field " + ticket + " of key " + keys.named("requests"));
            assertThat(damaged.expected()).contains("its JSON");
            assertThatThrownBy(pool::status)
                    .isInstanceOf(StoreUnusableException.class)
                    .hasMessageContaining(keys.named("requests"));
            assertThat(redis.hget(keys.named("requests"), ticket)).isEqualTo("{\"t\":");
            redis.hset(keys.named("requests"), ticket, good);
            lease.close();
            next.join().close();
        }
    }

    @Test
    void whoeverMeetsDamageOfAnotherLeavesNothingHalfDone() throws Exception {
        SlotRequest claim = SlotRequest.builder("owner", OperationType.AGENT)
                .profile(ProfileClaim.exclusive("shop"))
                .build();
        try (BrowserPool pool = connect()) {
            SlotLease lease = pool.acquire(claim);
            CompletableFuture<SlotLease> next = pool.acquireAsync(SlotRequest.of("next", OperationType.AGENT));
            await().until(() -> redis.zcard(keys.named("waiting")) == 1);
            String ticket = redis.zrange(keys.named("waiting"), 0, 0).get(0);
            String good = redis.hget(keys.named("requests"), ticket);
            redis.hset(keys.named("requests"), ticket, "?");

            lease.close(); // ends, and then the next in line can't be read
            assertThatThrownBy(() -> pool.acquire(SlotRequest.of("late", OperationType.AGENT)))
                    .isInstanceOf(StoreUnusableException.class);
            redis.hset(keys.named("requests"), ticket, good);

            next.get(5, TimeUnit.SECONDS).close();
            pool.acquireAsync(claim).get(5, TimeUnit.SECONDS).close();
            pool.acquire(SlotRequest.of("late", OperationType.AGENT)).close();
            assertThat(pool.status().load().used()).isZero();
            assertThat(redis.hkeys(keys.named("requests"))).isEmpty();
            assertThat(redis.zcard(keys.named("slots"))).isZero();
        }
    }

    @Test
    void aKeyThatIsReplacedUnderALivingPoolIsNamedToo() throws Exception {
        try (BrowserPool pool = connect()) {
            String key = keys.named("ids"); // each request looks there first
            redis.set(key, "mine");

            assertThatThrownBy(() -> pool.acquire(SlotRequest.of(OperationType.AGENT)))
                    .isInstanceOf(StoreUnusableException.class)
                    .hasMessageContaining("key " + key + " should hold a hash, and it holds a string");
            assertThat(redis.get(key)).isEqualTo("mine");
            redis.del(key);
            pool.acquire(SlotRequest.of(OperationType.AGENT)).close();
        }
    }

    @Test
    void aDamagedProfileIsNamedAndOnlyItsOwnRequestsFail() throws Exception {
        try (BrowserPool pool = connect()) {
            redis.hset(keys.named("profiles"), "shop", "[]");

            assertThatThrownBy(() -> pool.profiles().quarantine("shop", "odd"))
                    .isInstanceOf(StoreUnusableException.class)
                    .hasMessageContaining("field shop of key " + keys.named("profiles") + " should hold its JSON");
            pool.acquire(SlotRequest.of(OperationType.AGENT)).close();
            assertThat(redis.hget(keys.named("profiles"), "shop")).isEqualTo("[]");
        }
    }

    @Test
    void damageInTheHistoryCostsOneAnswerWhenItsTimeHasComeAndNothingElse() throws Exception {
        PoolConfig small = config.toBuilder().historySize(10).build();
        try (LogCapture log = LogCapture.from(Level.WARN);
                BrowserPool pool = RedisBrowserPool.connect(URL, small)) {
            redis.xadd(
                    keys.named("history"),
                    Map.of("j", "{}"),
                    XAddParams.xAddParams().id("1-1"));
            redis.xadd(
                    keys.named("records"),
                    Map.of("j", "?"),
                    XAddParams.xAddParams().id("1-1"));
            for (int i = 0; i < 20; i++) {
                pool.profiles().quarantine("shop", "odd");
                pool.profiles().clear("shop", "ann", "well");
            }
            for (int i = 0; i < 200; i++) {
                pool.acquireAsync(SlotRequest.of("r" + i, OperationType.AGENT))
                        .get(5, TimeUnit.SECONDS)
                        .close();
            }

            assertThat(log.linesWith("could not be told to the store"))
                    .as("one of the history, one of the profiles' history")
                    .hasSize(2);
            assertThat(pool.recent(20)).hasSize(10);
            assertThat(pool.status().load().used()).isZero();
            assertThat(redis.hkeys(keys.named("requests"))).isEmpty();
            assertThat(redis.hlen(keys.named("ended"))).isEqualTo(redis.xlen(keys.named("history")));
            assertThat(redis.zcard(keys.named("pasts"))).isEqualTo(redis.xlen(keys.named("records")));
        }
    }

    @Test
    void aHeartbeatThatMeetsDamageSaysSoOnceAndKeepsItsPace() throws Exception {
        try (LogCapture log = LogCapture.from(Level.INFO);
                BrowserPool pool = connect();
                SlotLease lease = pool.acquire(SlotRequest.of("owner", OperationType.AGENT))) {
            pool.acquireAsync(SlotRequest.of("next", OperationType.AGENT)); // so that it beats at each poll interval
            await().until(() -> redis.zcard(keys.named("waiting")) == 1);
            String right = redis.hget(keys.named("meta"), "cap");
            long before = scripts();
            long began = System.nanoTime();
            redis.hset(keys.named("meta"), "cap", "lots");

            await().until(() -> scripts() - before >= 5);
            assertThat(System.nanoTime() - began)
                    .isGreaterThan(Duration.ofMillis(700).toNanos());
            assertThat(log.linesWith("did not answer a sign of life")).hasSize(1);
            redis.hset(keys.named("meta"), "cap", right);
            await().until(() -> !log.linesWith("the store answers again").isEmpty());
            assertThat(lease.isValid()).isTrue();
        }
    }

    private long scripts() {
        Matcher calls =
                Pattern.compile("cmdstat_(?:fcall|evalsha):calls=(\\d+)").matcher(redis.info("commandstats"));
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }

    @Test
    void aReadOnlyReplicaIsNoPlaceForAPool() {
        try (ServerProcess replica = ServerProcess.start(Binary.BUNDLED, "--replicaof", "127.0.0.1", "1")) {
            assertThatThrownBy(() -> RedisBrowserPool.connect(replica.url(), config))
                    .isInstanceOf(StoreUnusableException.class)
                    .hasMessageContaining("read-only replica");
        }
    }
}
