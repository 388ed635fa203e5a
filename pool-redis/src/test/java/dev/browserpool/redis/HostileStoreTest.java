package dev.browserpool.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.LeaseLoss;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.StoreUnusableException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.RedisClient;

/** Somebody may write to the store who should not: what a pool makes of what he says. */
class HostileStoreTest {
    private static final int PORT = TestServer.get().port;

    private final RedisClient redis = RedisClient.create("127.0.0.1", PORT);
    private final PoolConfig config = PoolConfig.builder()
            .name("hostile-" + UUID.randomUUID())
            .maxBrowsers(1)
            .closeGrace(Duration.ZERO)
            .pollInterval(Duration.ofMillis(200))
            .build();
    private final Keys keys = Keys.of("bp", config.name());
    private final BrowserPool pool = RedisBrowserPool.connect(
            "redis://127.0.0.1:" + PORT,
            config,
            RedisOptions.defaults().withMemberTtl(Duration.ofSeconds(3)).withPrefix("bp"));

    @AfterEach
    void close() {
        pool.close();
        redis.del(keys.all().toArray(String[]::new));
        redis.close();
    }

    private String channel() {
        return keys.channelTo(redis.zrange(keys.named("members"), 0, 0).get(0));
    }

    static Stream<String> nonsense() {
        return Stream.of(
                "",
                "nothing like it",
                "{\"k\":\"G\"}",
                "{\"k\":\"G\",\"n\":1,\"t\":\"nobody/1\",\"g\":{\"tok\":\"9999999999999999999999\",\"a\":1}}",
                "{\"k\":\"S\",\"n\":1,\"t\":\"\",\"l\":null}",
                "{\"k\":[[[[]]]],\"n\":{}}",
                "[".repeat(100_000),
                "{\"k\":\"E\",\"n\":1,\"t\":\"x\u001b[31m/1\",\"s\":\"COMPLETED\"}",
                "x".repeat(1_000_000));
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void aMessageOfNonsenseChangesNothing(String message) throws Exception {
        SlotLease lease = pool.acquire(SlotRequest.of(OperationType.AGENT));
        CompletableFuture<SlotLease> next = pool.acquireAsync(SlotRequest.of(OperationType.AGENT));

        assertThat(redis.publish(channel(), message)).isEqualTo(1);

        assertThat(lease.isValid()).isTrue();
        assertThat(next).isNotDone();
        lease.close();
        assertThat(next).succeedsWithin(Duration.ofSeconds(5));
        next.join().close();
        assertThat(redis.publish(channel(), "still there?")).isEqualTo(1); // else only polling would have been tried
    }

    @Test
    void aGrantThatNobodyMadeIsTakenBackByTheNextSignOfLife() throws Exception {
        try (SlotLease lease = pool.acquire(SlotRequest.of(OperationType.AGENT))) {
            SlotRequest waiting = SlotRequest.of("waiting", OperationType.AGENT);
            CompletableFuture<SlotLease> forged = pool.acquireAsync(waiting);
            List<LeaseLoss> losses = new CopyOnWriteArrayList<>();
            var unused = forged.thenAccept(granted -> granted.onLost(losses::add));
            await().until(() -> redis.hexists(keys.named("ids"), "waiting"));
            String ticket = redis.hget(keys.named("ids"), "waiting");

            redis.publish(
                    channel(),
                    "{\"k\":\"G\",\"n\":0,\"t\":\"" + ticket
                            + "\",\"g\":{\"tok\":\"9000000000000000\",\"a\":1,\"e\":3600000000}}");

            assertThat(forged).succeedsWithin(Duration.ofSeconds(5));
            await().atMost(Duration.ofSeconds(5)).until(() -> !forged.join().isValid());
            await().untilAsserted(() -> assertThat(losses)
                    .singleElement()
                    .extracting(LeaseLoss::reason)
                    .isEqualTo(LeaseLoss.Reason.LOST));
            assertThat(lease.isValid()).isTrue();
            forged.join().close();
        }
    }

    @Test
    void whatIsWrittenIntoItsDataIsNoPathAndNoCode() throws Exception {
        try (SlotLease lease = pool.acquire(SlotRequest.builder("task", OperationType.AGENT)
                .profile(ProfileClaim.exclusive("shop"))
                .build())) {
            String profile = redis.hget(keys.named("profiles"), "shop");
            redis.hset(keys.named("profiles"), "../../etc", profile.replace("shop", "../../etc"));
            String ticket = redis.hget(keys.named("ids"), "task");
            String request = redis.hget(keys.named("requests"), ticket);
            redis.hset(keys.named("requests"), ticket, request.replace("shop", "../../etc"));

            assertThat(lease.profile().orElseThrow().profileId()).isEqualTo("shop");
            assertThatThrownBy(lease::slot).isInstanceOf(StoreUnusableException.class);
            redis.hset(keys.named("requests"), ticket, request);
            redis.hdel(keys.named("profiles"), "../../etc");
        }
    }

    @Test
    void nothingThatOpensADoorIsStored() throws Exception {
        try (BrowserPool other = RedisBrowserPool.connect("redis://default:ignored@127.0.0.1:" + PORT + "/0", config)) {
            other.close();
        } catch (RuntimeException anyPasswordIsTooManyHere) {
            assertThat(anyPasswordIsTooManyHere).hasMessageNotContaining("ignored");
        }
        try (SlotLease lease = pool.acquire(SlotRequest.builder("task", OperationType.AGENT)
                .profile(ProfileClaim.exclusive("shop"))
                .proxyId("proxy-1")
                .build())) {
            assertThat(lease.isValid()).isTrue();
            String everything =
                    String.join("\n", redis.hgetAll(keys.named("meta")).values())
                            + redis.hgetAll(keys.named("requests"))
                            + redis.hgetAll(keys.named("profiles"))
                            + redis.hgetAll(keys.named("hosts"));
            assertThat(everything)
                    .contains("proxy-1")
                    .doesNotContain("password")
                    .doesNotContain("ignored");
        }
    }
}
