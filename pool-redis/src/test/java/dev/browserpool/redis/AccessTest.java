package dev.browserpool.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.StoreUnusableException;
import dev.browserpool.config.BrowserPools;
import dev.browserpool.redis.servers.Binary;
import dev.browserpool.redis.servers.Certificates;
import dev.browserpool.redis.servers.ServerProcess;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.SslOptions;

/** The ways in: user, password, database, encryption; and what is said of those who may not. */
class AccessTest {
    private static final String PASSWORD = "s3cr:et/@ %+#é?";
    private static final String ENCODED =
            URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8).replace("+", "%20");
    private static ServerProcess locked;

    private final PoolConfig config = PoolConfig.builder()
            .name("access-" + UUID.randomUUID())
            .maxBrowsers(1)
            .closeGrace(Duration.ZERO)
            .build();

    @BeforeAll
    static void start() {
        locked = ServerProcess.start(Binary.BUNDLED, "--requirepass", PASSWORD);
        try (Jedis admin = new Jedis("127.0.0.1", locked.port())) {
            admin.auth(PASSWORD);
            admin.aclSetUser("ann", "on", ">" + PASSWORD, "~*", "&*", "+@all");
            admin.aclSetUser("bob", "on", ">" + PASSWORD, "~*", "&*", "+@all", "-zadd");
        }
    }

    @AfterAll
    static void stop() {
        locked.close();
    }

    private static String url(String access) {
        return "redis://" + access + "@127.0.0.1:" + locked.port();
    }

    private static void handsOver(BrowserPool one, BrowserPool other) throws Exception {
        SlotLease lease = one.acquire(SlotRequest.of(OperationType.AGENT));
        CompletableFuture<SlotLease> next = other.acquireAsync(SlotRequest.of(OperationType.AGENT));
        lease.close();
        next.get(900, TimeUnit.MILLISECONDS).close(); // less than a poll interval: messages come through as well
    }

    @Test
    void aPasswordOfAnyCharactersLetsIn() throws Exception {
        try (BrowserPool one = RedisBrowserPool.connect(url(":" + ENCODED), config);
                BrowserPool other = RedisBrowserPool.connect(url("ann:" + ENCODED), config)) {
            handsOver(one, other);
        }
    }

    @Test
    void poolsOfOneNameInTwoDatabasesAreTwoPools() throws Exception {
        try (BrowserPool one = RedisBrowserPool.connect(url(":" + ENCODED) + "/1", config);
                BrowserPool other = RedisBrowserPool.connect(url(":" + ENCODED) + "/2", config);
                SlotLease lease = one.acquire(SlotRequest.of("same", OperationType.AGENT));
                SlotLease beside = other.acquire(SlotRequest.of("same", OperationType.AGENT))) {
            assertThat(lease.isValid()).isTrue();
            assertThat(beside.isValid()).isTrue();
        }
    }

    @Test
    void aRefusalIsSaidAtOnceAndWithoutAnySecret() {
        refuses(url(":wrong" + ENCODED), "WRONGPASS");
        refuses(url("nobody:" + ENCODED), "WRONGPASS");
        refuses("redis://127.0.0.1:" + locked.port(), "NOAUTH");
        refuses(url("bob:" + ENCODED), "NOPERM");
        refuses(url(":" + ENCODED) + "/999", "DB index is out of range");
    }

    private void refuses(String url, String why) {
        refuses(url, StoreUnusableException.class, why);
    }

    private void refuses(String url, Class<? extends Throwable> type, String why) {
        try (AllLogs logs = new AllLogs()) {
            long began = System.nanoTime();
            Throwable refused = catchThrowable(() -> RedisBrowserPool.connect(url, config));

            assertThat(refused).as(why).isInstanceOf(type).hasMessageContaining(why);
            assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(10));
            StringWriter whole = new StringWriter();
            refused.printStackTrace(new PrintWriter(whole));
            assertThat(whole + logs.text())
                    .doesNotContain(PASSWORD)
                    .doesNotContain(ENCODED)
                    .doesNotContain("s3cr");
        }
    }

    @Test
    void whoeverIsNotThereIsSaidSoWithoutAnySecret() {
        int closed = ServerProcess.freePort();
        refuses("redis://:" + ENCODED + "@127.0.0.1:" + closed, StoreUnavailableException.class, "127.0.0.1:" + closed);
        refuses(
                "redis://:" + ENCODED + "@no-such-host.invalid:1",
                StoreUnavailableException.class,
                "no-such-host.invalid");
        refuses("redis://ann:" + ENCODED + "@[::1]:" + closed, StoreUnavailableException.class, "::1:" + closed);
    }

    @Test
    void anEncryptedServerIsTrustedByTheStoreThatIsHandedOver(@TempDir Path directory) throws Exception {
        Certificates certificates = new Certificates(directory);
        int port = ServerProcess.freePort();
        try (ServerProcess server = ServerProcess.start(Binary.SYSTEM, certificates.serverSettings(port, false))) {
            String url = "rediss://127.0.0.1:" + port;
            RedisOptions options =
                    RedisOptions.defaults().withTls(trusting(certificates).build());
            try (BrowserPool one = RedisBrowserPool.connect(url, config, options);
                    BrowserPool other = RedisBrowserPool.connect(url, config, options)) {
                handsOver(one, other);
            }

            try (BrowserPool pool = BrowserPools.fromEnvironment(Map.of(
                    "REDIS_URL",
                    url,
                    "BROWSER_POOL_REDIS_TRUST_STORE",
                    certificates.trustStore().toString(),
                    "BROWSER_POOL_REDIS_TRUST_STORE_PASSWORD",
                    Certificates.PASSWORD))) {
                pool.acquire(SlotRequest.of(OperationType.AGENT)).close();
            }

            assertThatThrownBy(() -> RedisBrowserPool.connect("rediss://localhost:" + port, config, options))
                    .isInstanceOf(StoreUnavailableException.class) // the certificate is for the address alone
                    .hasMessageContaining("No name matching localhost");
            assertThatThrownBy(() -> RedisBrowserPool.connect(url, config))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("PKIX path building failed");
            assertThatThrownBy(() -> RedisBrowserPool.connect("redis://127.0.0.1:" + port, config))
                    .isInstanceOf(StoreUnavailableException.class);
            System.setProperty(
                    "javax.net.ssl.trustStore", certificates.trustStore().toString());
            System.setProperty("javax.net.ssl.trustStorePassword", Certificates.PASSWORD);
            try (BrowserPool pool = RedisBrowserPool.connect(url, config)) {
                pool.acquire(SlotRequest.of(OperationType.AGENT)).close();
            } finally {
                System.clearProperty("javax.net.ssl.trustStore");
                System.clearProperty("javax.net.ssl.trustStorePassword");
            }
        }
        showsItsCertificate(certificates);
    }

    private static SslOptions.Builder trusting(Certificates certificates) {
        return SslOptions.builder()
                .truststore(certificates.trustStore().toFile(), Certificates.PASSWORD.toCharArray())
                .trustStoreType("PKCS12");
    }

    private void showsItsCertificate(Certificates certificates) throws Exception {
        int port = ServerProcess.freePort();
        try (ServerProcess server = ServerProcess.start(Binary.SYSTEM, certificates.serverSettings(port, true))) {
            String url = "rediss://127.0.0.1:" + port;
            SslOptions shown = trusting(certificates)
                    .keystore(certificates.keyStore().toFile(), Certificates.PASSWORD.toCharArray())
                    .keyStoreType("PKCS12")
                    .build();
            try (BrowserPool pool = RedisBrowserPool.connect(
                    url, config, RedisOptions.defaults().withTls(shown))) {
                pool.acquire(SlotRequest.of(OperationType.AGENT)).close();
            }
            RedisOptions silent =
                    RedisOptions.defaults().withTls(trusting(certificates).build());
            assertThatThrownBy(() -> RedisBrowserPool.connect(url, config, silent))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThat(server.log()).contains("peer did not return a certificate");
        }
    }
}
