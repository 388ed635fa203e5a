package dev.browserpool.benchmarks.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of virtual threads, in a JVM of its own, of a JDK that has them. Each does as many as the others and ends: JMH, whose threads
 * spin until all have come to the end of an iteration, can't have more of them than there are processors.
 */
final class VirtualThreads {
    /** From this one on a virtual thread that blocks in a monitor does not keep its carrier. */
    private static final int FEATURE = 24;

    private static final int SLOTS = 5;
    private static final int THREADS = 64;
    private static final long PATIENCE_SECONDS = 60;

    private final Path jdk;
    private final int pairs;

    /**
     * On a JDK.
     *
     * @param pairs of each thread, after as many that warm up
     */
    VirtualThreads(Path jdk, int pairs) {
        this.jdk = jdk;
        this.pairs = pairs;
    }

    /** How this figure is called. */
    static String figure() {
        return THREADS + " virtual threads";
    }

    /** The present JDK, or else the newest one beside it, if it is new enough. */
    static Optional<Path> findJdk() throws IOException {
        Path present = Path.of(System.getProperty("java.home"));
        if (Runtime.version().feature() >= FEATURE) {
            return Optional.of(present);
        }
        Path parent = present.getParent();
        if (parent == null) {
            return Optional.empty();
        }
        try (Stream<Path> beside = Files.list(parent)) {
            return beside.filter(jdk -> feature(jdk) >= FEATURE).max(Comparator.comparingInt(VirtualThreads::feature));
        }
    }

    /** 25 of {@code JAVA_VERSION="25.0.1"}; 0 if there is no JDK. */
    static int feature(Path jdk) {
        try (Stream<String> lines = Files.lines(jdk.resolve("release"))) {
            return lines.filter(line -> line.matches("JAVA_VERSION=\"\\d+.*"))
                    .map(line -> line.replaceFirst("JAVA_VERSION=\"(\\d+).*", "$1"))
                    .findFirst()
                    .map(Integer::valueOf)
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /** One pair as each thread sees it, in nanoseconds; nothing if they do not come to an end. */
    OptionalDouble nanos(Contender contender) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        jdk.resolve("bin").resolve("java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        VirtualThreads.class.getName(),
                        contender.name(),
                        Integer.toString(pairs))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            if (!child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return OptionalDouble.empty();
            }
            String said = new String(child.getInputStream().readAllBytes(), UTF_8).strip();
            if (child.exitValue() != 0) {
                throw new IllegalStateException(contender + " failed on virtual threads of " + jdk);
            }
            return OptionalDouble.of(Double.parseDouble(said));
        } finally {
            child.destroyForcibly();
        }
    }

    /** The other JVM: prints the nanoseconds. */
    public static void main(String[] args) throws Throwable {
        Contender contender = Contender.valueOf(args[0]);
        int pairs = Integer.parseInt(args[1]);
        try (Lender lender = contender.open(SLOTS)) {
            double unused = run(lender, pairs);
            System.out.println(run(lender, pairs));
        }
    }

    private static double run(Lender lender, int pairs) throws Throwable {
        MethodHandle start = MethodHandles.lookup()
                .findStatic(Thread.class, "startVirtualThread", MethodType.methodType(Thread.class, Runnable.class));
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < THREADS; i++) {
            String id = "caller-" + i;
            Runnable all = () -> {
                try {
                    for (int pair = 0; pair < pairs; pair++) {
                        lender.pair(id, () -> {});
                    }
                } catch (Exception | Error e) {
                    failure.compareAndSet(null, e);
                }
            };
            threads.add((Thread) start.invokeExact(all));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Throwable failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        return (double) (System.nanoTime() - begin) / pairs;
    }
}
