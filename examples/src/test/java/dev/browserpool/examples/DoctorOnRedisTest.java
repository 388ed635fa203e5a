package dev.browserpool.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.examples.distributed.RedisProcess;
import dev.browserpool.playwright.Doctor;
import dev.browserpool.redis.RedisBrowserPool;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code ./demo doctor --redis}: the doctor of pool-playwright together with pool-redis. */
class DoctorOnRedisTest {
    @TempDir
    private Path directory;

    private record Visit(int verdict, String told) {
        static Visit to(String url) throws IOException, InterruptedException {
            Process doctor = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Doctor.class.getName(),
                            "--redis",
                            url)
                    .redirectErrorStream(true)
                    .start();
            String told = new String(doctor.getInputStream().readAllBytes(), UTF_8);
            return new Visit(doctor.waitFor(), told);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void theDoctorShowsWhatThePoolBelievesAndLeavesItAsItWas() throws Exception {
        try (RedisProcess redis = RedisProcess.start(directory);
                BrowserPool pool = RedisBrowserPool.connect(redis.url(), PoolConfig.ofSlots(3));
                SlotLease lease = pool.acquire(SlotRequest.builder("held", OperationType.AGENT)
                        .profile(ProfileClaim.exclusive("shop"))
                        .build())) {
            Visit visit = Visit.to(redis.url());

            // What others have left on this host is for its verdict, not for this test.
            assertThat(visit.verdict()).as(visit.told()).isBetween(0, 1);
            assertThat(visit.told())
                    .containsPattern("pool +1 of 3 slots in use, 0 stopping, 0 waiting, 2 members with this one")
                    .containsPattern("pool +slot: held, RUNNING for \\d+ s")
                    .containsPattern("pool +profile: shop, RUNNING with .*held");
            await().untilAsserted(() -> assertThat(pool.status().members()).hasSize(1));
            assertThat(pool.status().limit().maxBrowsers()).isEqualTo(3);
            lease.complete();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aStoreThatCanNotBeReachedIsOneLineWithoutThePassword() throws Exception {
        Visit visit = Visit.to("redis://anna:s3cret@127.0.0.1:1");

        assertThat(visit.verdict()).isEqualTo(2);
        assertThat(visit.told()).contains("doctor: ").contains("127.0.0.1").doesNotContain("s3cret");
    }
}
