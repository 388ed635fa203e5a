package dev.browserpool.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.browserpool.BrowserPool;
import dev.browserpool.BrowserPoolException;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileRule;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.StoreUnusableException;
import dev.browserpool.contract.Cluster;
import dev.browserpool.contract.LedgerContract;
import dev.browserpool.contract.OnStaleContract;
import dev.browserpool.contract.ParkContract;
import dev.browserpool.contract.PeopleContract;
import dev.browserpool.contract.ProfileLedgerContract;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;

/** The rights that the documentation names are enough, and none is too many. */
class LeastRightsTest {
    private static final int PORT = TestServer.get().port;
    private static final List<String> RULES = DocumentedRights.RULES;

    private static void makeUser(String name, Stream<String> rules) {
        try (Jedis admin = new Jedis("127.0.0.1", PORT)) {
            DocumentedRights.makeUser(admin, name, rules);
        }
    }

    @BeforeAll
    static void makeUser() {
        makeUser("browser-pool", RULES.stream());
    }

    @AfterAll
    static void removeUser() {
        try (Jedis admin = new Jedis("127.0.0.1", PORT)) {
            admin.aclDelUser("browser-pool");
        }
    }

    private static String url(String user) {
        return "redis://" + user + ":password@127.0.0.1:" + PORT;
    }

    /** What was refused since the users were made, as {@code user: what}. */
    private static List<String> refusals(String user) {
        try (Jedis admin = new Jedis("127.0.0.1", PORT)) {
            return admin.aclLog().stream()
                    .filter(entry -> entry.getUsername().equals(user))
                    .map(entry -> entry.getObject().toLowerCase(Locale.ROOT))
                    .filter(object -> !object.matches("client(\\|setinfo)?|fcall")) // what it tries, and does not need
                    .toList();
        }
    }

    /** Every command of every script, without waiting for anything. */
    private static void doEverything(String user) throws Exception {
        PoolConfig config = PoolConfig.builder()
                .name("rights-" + UUID.randomUUID())
                .maxBrowsers(1)
                .historySize(1)
                .closeGrace(Duration.ZERO)
                .build();
        SlotRequest claim = SlotRequest.builder("owner", new OperationType("nightly"))
                .profile(ProfileClaim.exclusive("shop"))
                .build();
        try (BrowserPool one = RedisBrowserPool.connect(url(user), config);
                BrowserPool other = RedisBrowserPool.connect(url(user), config)) {
            try (Jedis admin = new Jedis("127.0.0.1", PORT)) { // as many as are kept
                admin.lpush(
                        "bp:{" + config.name() + "}:times",
                        Collections.nCopies(1064, "1 1").toArray(String[]::new));
            }
            one.profiles().setRule(ProfileRule.defaultFor("shop"));
            SlotLease lease = one.acquire(claim);
            CompletableFuture<SlotLease> next = other.acquireAsync(SlotRequest.of("next", OperationType.AGENT));
            CompletableFuture<SlotLease> never = other.acquireAsync(SlotRequest.builder("never", OperationType.AGENT)
                    .profile(ProfileClaim.exclusive("shop"))
                    .build());
            await().until(() -> one.status().load().waiting() == 2 || next.isDone() || never.isDone());
            one.slot("next");
            one.operations().line(0, 10);
            assertThat(other.tryAcquire(SlotRequest.of("at once", OperationType.AGENT)))
                    .isEmpty();
            one.cancel("never");
            one.profiles().all();
            lease.close();
            next.get().close();
            one.profiles().checkOut("shop", "ann", "looks", Duration.ofMinutes(1));
            one.profiles().checkIn("shop", "ann", "looked");
            one.profiles().history("shop", 5);
            one.recent(5);
            one.operations().resize(2);
            one.operations().cleanupCompleted(Duration.ZERO);
            try (Jedis admin = new Jedis("127.0.0.1", PORT)) {
                admin.hset("bp:{" + config.name() + "}:meta", "life", "another server's");
            }
            one.operations().resize(3);
        }
    }

    @Test
    void whatIsDocumentedIsEnough() throws Exception {
        doEverything("browser-pool");

        assertThat(refusals("browser-pool")).isEmpty();
    }

    static Stream<String> rights() {
        return RULES.stream().filter(rule -> "+~&".indexOf(rule.charAt(0)) >= 0);
    }

    @ParameterizedTest
    @MethodSource("rights")
    void withoutThisRightAPoolIsNotWhole(String right) {
        String user = "without-" + UUID.randomUUID();
        makeUser(user, RULES.stream().filter(rule -> !rule.equals(right)));
        try {
            Throwable refused = catchThrowable(() -> doEverything(user));

            List<String> refusals = refusals(user);
            assertThat(refusals).isNotEmpty();
            if (right.startsWith("+")) {
                String command = right.substring(1); // of which 6.2 names the first part alone
                assertThat(refusals).allMatch(refusal -> (command + "|").startsWith(refusal + "|"));
            }
            if (!right.equals("+unsubscribe")) {
                assertThat(refused).isInstanceOf(BrowserPoolException.class);
            }
        } finally {
            try (Jedis admin = new Jedis("127.0.0.1", PORT)) {
                admin.aclDelUser(user);
            }
        }
    }

    @Test
    void withTwoRightsMoreItsStepsAreFunctionsWhereTheServerHasThem() throws Exception {
        try (Jedis admin = new Jedis("127.0.0.1", PORT)) {
            assumeTrue(!version(admin).startsWith("6."));
            String user = "functions-" + UUID.randomUUID();
            makeUser(user, Stream.concat(RULES.stream(), Stream.of("+fcall", "+function|load")));
            admin.functionFlush();
            long scripts = calls(admin, "evalsha");
            long functions = calls(admin, "fcall");

            doEverything(user);

            assertThat(calls(admin, "evalsha")).isEqualTo(scripts);
            assertThat(calls(admin, "fcall")).isGreaterThan(functions + 20);
            assertThat(admin.functionList()).hasSize(1);
            assertThat(admin.aclLog()).extracting(entry -> entry.getObject()).doesNotContain("fcall", "function|load");
            admin.aclDelUser(user);
        }
    }

    @Test
    void withoutThemItsStepsAreScripts() throws Exception {
        try (Jedis admin = new Jedis("127.0.0.1", PORT)) {
            long scripts = calls(admin, "evalsha");
            long functions = calls(admin, "fcall");

            doEverything("browser-pool");

            assertThat(calls(admin, "evalsha")).isGreaterThan(scripts + 20);
            assertThat(calls(admin, "fcall")).isEqualTo(functions);
        }
    }

    private static String version(Jedis admin) {
        Matcher version = Pattern.compile("redis_version:(\\S+)").matcher(admin.info("server"));
        assertThat(version.find()).isTrue();
        return version.group(1);
    }

    private static long calls(Jedis admin, String command) {
        Matcher calls = Pattern.compile("cmdstat_" + command + ":calls=(\\d+)").matcher(admin.info("commandstats"));
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }

    @Test
    void whoeverWantsReplicasToConfirmNeedsOneRightMore() {
        PoolConfig config =
                PoolConfig.builder().name("rights-" + UUID.randomUUID()).build();

        assertThatThrownBy(() -> RedisBrowserPool.connect(
                        url("browser-pool"), config, RedisOptions.defaults().withMinReplicas(1)))
                .isInstanceOf(StoreUnusableException.class)
                .hasMessageContaining("NOPERM")
                .hasMessageContaining("'wait'");
        assertThat(refusals("browser-pool")).containsOnly("wait");
        makeUser("browser-pool", RULES.stream());
    }

    private static Cluster asThatUser() {
        return new RedisCluster(() -> RedisClient.create("127.0.0.1", PORT, "browser-pool", "password"));
    }

    @AfterEach
    void nothingMoreWasAskedFor() {
        assertThat(refusals("browser-pool")).isEmpty();
    }

    @Nested
    class OnStale extends OnStaleContract {
        @Override
        protected Cluster newCluster() {
            return asThatUser();
        }
    }

    @Nested
    class People extends PeopleContract {
        @Override
        protected Cluster newCluster() {
            return asThatUser();
        }
    }

    @Nested
    class Park extends ParkContract {
        @Override
        protected Cluster newCluster() {
            return asThatUser();
        }
    }

    @Nested
    class AtTheSeam extends LedgerContract {
        @Override
        protected Cluster newCluster() {
            return asThatUser();
        }
    }

    @Nested
    class ProfilesAtTheSeam extends ProfileLedgerContract {
        @Override
        protected Cluster newCluster() {
            return asThatUser();
        }
    }
}
