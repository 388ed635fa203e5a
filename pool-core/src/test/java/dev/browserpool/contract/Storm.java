package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.BrowserSlot;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.PoolStatus;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileLock;
import dev.browserpool.ProfileRule;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * Random requests, releases, cancellations and disturbances on three members, from a seed; and a calm observer who sees the
 * truth. What must always hold is checked after each step.
 */
final class Storm implements AutoCloseable {
    private static final int SLOTS = 4;

    private final Random random;
    private final Cluster cluster;
    private final BrowserPool observer;
    private final List<BrowserPool> members = new ArrayList<>();
    private final Map<String, CompletableFuture<SlotLease>> requests = new HashMap<>();
    private final Map<String, SlotLease> held = new HashMap<>();
    private final Set<Long> tokens = new HashSet<>();
    private final ExecutorService closers = Executors.newCachedThreadPool();

    Storm(Cluster cluster, long seed) {
        this.random = new Random(seed);
        this.cluster = cluster;
        PoolConfig config = PoolConfig.builder()
                .maxBrowsers(SLOTS)
                .closeGrace(Duration.ZERO)
                .maxDuration(Duration.ofSeconds(60))
                .timeout(Duration.ofSeconds(120))
                .build();
        this.observer = cluster.join(config);
        observer.profiles().setRule(ProfileRule.defaultFor("shared").withMaxActive(2));
        for (int i = 0; i < 3; i++) {
            BrowserPool member = cluster.join(config);
            members.add(member);
            cluster.wire(member).garble(seed + i, 0.2, 0.1, 0.1);
            cluster.wire(member).shake(seed + i, 0.1, 0.1);
        }
    }

    void rage(int steps) {
        for (int i = 0; i < steps; i++) {
            int dice = random.nextInt(100);
            if (dice < 40) {
                ask();
            } else if (dice < 70) {
                giveBackOne();
            } else if (dice < 75) {
                giveUpOne();
            } else if (dice < 78) {
                toggleAWire();
            } else {
                cluster.time().advance(Duration.ofMillis(random.nextInt(3_000)));
            }
            collect();
            check();
        }
    }

    private void ask() {
        SlotRequest.Builder request = SlotRequest.builder("r" + requests.size(), OperationType.AGENT);
        switch (random.nextInt(4)) {
            case 0 -> request.profile(ProfileClaim.exclusive("exclusive"));
            case 1 -> request.profile(ProfileClaim.shared("shared"));
            case 2 -> request.profile(ProfileClaim.exclusive("shared"));
            default -> request.description("no profile");
        }
        SlotRequest built = request.build();
        requests.put(
                built.requestId(), members.get(random.nextInt(members.size())).acquireAsync(built));
    }

    private void giveBackOne() {
        held.keySet().stream()
                .sorted()
                .skip(random.nextInt(1 + held.size()))
                .findFirst()
                .ifPresent(id -> giveBack(held.remove(id)));
    }

    /** Elsewhere: closing waits for a store that is away, and here is who moves the time. */
    private void giveBack(SlotLease lease) {
        closers.execute(lease::close);
    }

    private void giveUpOne() {
        requests.values().stream()
                .filter(future -> !future.isDone())
                .findFirst()
                .ifPresent(future -> future.cancel(false));
    }

    private void toggleAWire() {
        Wire wire = cluster.wire(members.get(random.nextInt(members.size())));
        if (random.nextBoolean()) {
            wire.cut();
        } else {
            wire.mend();
        }
    }

    /** Takes the leases that have arrived. */
    private void collect() {
        requests.forEach((id, future) -> {
            if (future.isDone() && !future.isCompletedExceptionally() && !held.containsKey(id)) {
                SlotLease lease = future.join();
                if (tokens.add(lease.token())) {
                    held.put(id, lease);
                }
            }
        });
    }

    private void check() {
        PoolStatus status = observer.status();
        assertThat(status.load().used()).isLessThanOrEqualTo(SLOTS);
        assertThat(status.running()).extracting(BrowserSlot::requestId).doesNotHaveDuplicates();
        Map<String, List<SlotLease>> owners = held.values().stream()
                .filter(SlotLease::isValid)
                .filter(lease -> lease.profile().isPresent())
                .collect(Collectors.groupingBy(
                        lease -> lease.profile().map(ProfileLock::profileId).orElseThrow()));
        owners.forEach((profile, leases) -> {
            assertThat(leases).as("valid leases of profile %s", profile).hasSizeLessThanOrEqualTo(2);
            if (leases.size() == 2) {
                assertThat(leases)
                        .allMatch(lease -> lease.profile().orElseThrow().shared());
            }
        });
        assertThat(held.values().stream().filter(SlotLease::isValid).count())
                .as("valid leases")
                .isLessThanOrEqualTo(SLOTS);
    }

    /** After the storm: everybody is served, nothing is left. */
    void settle() {
        cluster.calm();
        for (int i = 0; i < 1_000 && !requests.values().stream().allMatch(CompletableFuture::isDone); i++) {
            cluster.time().advance(Duration.ofSeconds(1));
            collect();
            check();
            held.values().forEach(this::giveBack);
            held.clear();
        }
        await().untilAsserted(() -> {
            cluster.time().advance(Duration.ofSeconds(1));
            collect();
            held.values().forEach(this::giveBack);
            held.clear();
            assertThat(requests.values()).allMatch(CompletableFuture::isDone);
            assertThat(observer.status().line()).isEmpty();
            assertThat(observer.status().running()).isEmpty();
            assertThat(observer.status().load()).isEqualTo(PoolStatus.Load.NONE);
        });
        assertThat(observer.recent(10_000))
                .filteredOn(slot -> slot.state() != SlotState.ABANDONED && slot.state() != SlotState.LOST)
                .as("a request ends once, but for what its member lost and asked for again")
                .extracting(BrowserSlot::requestId)
                .doesNotHaveDuplicates();
    }

    @Override
    public void close() {
        closers.shutdown();
    }
}
