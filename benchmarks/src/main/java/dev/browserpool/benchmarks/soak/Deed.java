package dev.browserpool.benchmarks.soak;

import dev.browserpool.BrowserPool;
import dev.browserpool.LoadTestLease;
import dev.browserpool.LoadTestOptions;
import dev.browserpool.OperationType;
import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** What a worker does with a pool: proper work, and what people do to it. */
enum Deed {
    WORK(30) {
        @Override
        void on(BrowserPool pool, SplittableRandom random) throws InterruptedException {
            try (SlotLease lease = pool.acquire(request())) {
                Soak.rest(random.nextInt(10));
                lease.complete();
            }
        }
    },
    WORK_ON_A_PROFILE(20) {
        @Override
        void on(BrowserPool pool, SplittableRandom random) throws InterruptedException {
            String profile = "profile-" + random.nextInt(6);
            ProfileClaim claim =
                    random.nextInt(4) == 0 ? ProfileClaim.shared(profile) : ProfileClaim.exclusive(profile);
            pool.call(
                    SlotRequest.builder("task-" + random.nextLong(), OperationType.AGENT)
                            .profile(random.nextBoolean() ? claim : claim.refuseOnConflict())
                            .build(),
                    lease -> {
                        lease.checkpoint("half");
                        Soak.rest(random.nextInt(10));
                        return lease;
                    });
        }
    },
    FAIL(5) {
        @Override
        void on(BrowserPool pool, SplittableRandom random) throws InterruptedException {
            pool.call(request(), lease -> {
                throw new OnPurpose();
            });
        }
    },
    TIME_OUT(10) {
        @Override
        void on(BrowserPool pool, SplittableRandom random) throws InterruptedException {
            SlotRequest.Builder request = SlotRequest.builder("brief-" + random.nextLong(), OperationType.COVERAGE);
            pool.acquire(request.timeout(Duration.ofMillis(random.nextInt(4))).build())
                    .close();
        }
    },
    NOW_OR_NEVER(10) {
        @Override
        void on(BrowserPool pool, SplittableRandom random) {
            pool.tryAcquire(request()).ifPresent(SlotLease::close);
        }
    },
    CANCEL(10) {
        @Override
        void on(BrowserPool pool, SplittableRandom random) {
            SlotRequest request = request();
            CompletableFuture<SlotLease> asked = pool.acquireAsync(request);
            Soak.rest(random.nextInt(3));
            if (random.nextBoolean()) {
                boolean unused = pool.cancel(request.requestId());
            }
            if (!asked.cancel(false) && !asked.isCompletedExceptionally()) {
                asked.join().close();
            }
        }
    },
    BE_INTERRUPTED(5) {
        @Override
        void on(BrowserPool pool, SplittableRandom random) throws InterruptedException {
            Thread.currentThread().interrupt();
            pool.acquire(request()).close();
        }
    },
    ABANDON(1) {
        @Override
        void on(BrowserPool pool, SplittableRandom random) throws InterruptedException {
            SlotLease forgotten = pool.acquire(request());
            Soak.rest(forgotten.isValid() ? 1 : 0); // and nobody closes it
        }
    },
    EXPIRE(2) {
        @Override
        void on(BrowserPool pool, SplittableRandom random) throws InterruptedException {
            SlotRequest.Builder request = SlotRequest.builder("long-" + random.nextLong(), OperationType.SECURITY);
            try (SlotLease lease =
                    pool.acquire(request.maxDuration(Duration.ofMillis(20)).build())) {
                Soak.rest(lease.isValid() ? 60 : 0);
            }
        }
    },
    BE_REVOKED(2) {
        @Override
        void on(BrowserPool pool, SplittableRandom random) throws InterruptedException {
            try (SlotLease lease = pool.acquire(request())) {
                boolean unused = pool.operations().revoke(lease.requestId(), "on purpose");
            }
        }
    },
    NEST(3) {
        @Override
        void on(BrowserPool pool, SplittableRandom random) throws InterruptedException {
            try (SlotLease lease = pool.acquire(request());
                    SlotLease child = lease.child("child-" + random.nextLong(), OperationType.PRD)) {
                child.complete();
            }
        }
    },
    LOAD_TEST(1) {
        @Override
        void on(BrowserPool pool, SplittableRandom random) {
            Optional<LoadTestLease> test =
                    pool.loadTestLock().tryAcquire("run-" + random.nextInt(100), LoadTestOptions.defaults());
            test.ifPresent(held -> {
                Soak.rest(20);
                held.close();
            });
        }
    },
    PEOPLE(2) {
        @Override
        void on(BrowserPool pool, SplittableRandom random) {
            String profile = "profile-" + random.nextInt(6);
            if (random.nextBoolean()) {
                pool.profiles().checkOut(profile, "ann", "a look", Duration.ofMillis(200));
                pool.profiles().checkIn(profile, "ann", "done");
            } else {
                pool.profiles().quarantine(profile, "ann", "odd");
                pool.profiles().clear(profile, "ann", "sound");
            }
        }
    },
    LOOK(5) {
        @Override
        void on(BrowserPool pool, SplittableRandom random) {
            pool.status();
            pool.recent(10);
            pool.operations().line(0, 10);
            pool.profiles().views();
        }
    };

    private static final int ALL =
            Arrays.stream(values()).mapToInt(deed -> deed.weight).sum();

    private final int weight;

    Deed(int weight) {
        this.weight = weight;
    }

    abstract void on(BrowserPool pool, SplittableRandom random) throws InterruptedException;

    static final class OnPurpose extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static SlotRequest request() {
        return SlotRequest.of(OperationType.TEST_RUN);
    }

    static Deed any(SplittableRandom random) {
        int dice = random.nextInt(ALL);
        for (Deed deed : values()) {
            dice -= deed.weight;
            if (dice < 0) {
                return deed;
            }
        }
        throw new IllegalStateException("the weights do not add up");
    }
}
