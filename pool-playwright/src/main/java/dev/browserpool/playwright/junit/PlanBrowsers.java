package dev.browserpool.playwright.junit;

import dev.browserpool.SlotRequest;
import dev.browserpool.playwright.BrowserSession;
import dev.browserpool.playwright.BrowserSessions;
import dev.browserpool.playwright.BrowserSessionsBuilder;
import dev.browserpool.playwright.EvidencePart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.ReflectionSupport;

/** The browsers of one source in one test plan. In the root's store, which closes them when the plan ends. */
final class PlanBrowsers implements AutoCloseable {
    private final TestBrowsers source;
    private final BrowserSessions sessions;

    private PlanBrowsers(TestBrowsers source, BrowserSessions sessions) {
        this.source = source;
        this.sessions = sessions;
    }

    private static PlanBrowsers open(TestBrowsers source) {
        try {
            return new PlanBrowsers(source, sessions(source));
        } catch (RuntimeException | Error e) {
            source.close(); // it may have made its pool already
            throw e;
        }
    }

    private static BrowserSessions sessions(TestBrowsers source) {
        BrowserSessionsBuilder builder = BrowserSessions.builder(source.pool())
                .profiles(output().resolve("browser-profiles"))
                .evidence(output().resolve("browser-evidence"))
                .evidenceOf(EnumSet.complementOf(EnumSet.of(EvidencePart.VIDEO)));
        source.sessions(builder);
        return builder.build();
    }

    /** Made at the first call in a test plan. */
    static PlanBrowsers of(ExtensionContext context, TestBrowsers source) {
        return in(context).getOrComputeIfAbsent(source, PlanBrowsers::open, PlanBrowsers.class);
    }

    /** The same, with an instance of that class. */
    static PlanBrowsers of(ExtensionContext context, Class<? extends TestBrowsers> source) {
        return in(context).getOrComputeIfAbsent(source, type -> open(instance(type)), PlanBrowsers.class);
    }

    private static ExtensionContext.Store in(ExtensionContext context) {
        return context.getRoot().getStore(BrowserPoolExtension.NAMESPACE);
    }

    private static TestBrowsers instance(Class<? extends TestBrowsers> type) {
        return type == TestBrowsers.class ? new TestBrowsers() {} : ReflectionSupport.newInstance(type);
    }

    /** Where this build puts what it makes. */
    private static Path output() {
        Path here = Path.of("").toAbsolutePath();
        if (Files.exists(here.resolve("pom.xml"))) {
            return here.resolve("target");
        }
        boolean isGradle =
                Stream.of("build.gradle", "build.gradle.kts").map(here::resolve).anyMatch(Files::exists);
        return isGradle ? here.resolve("build") : here;
    }

    /** Waits for slot and profile, and opens a browser. */
    BrowserSession open(SlotRequest.Builder request) throws InterruptedException {
        source.request(request);
        return sessions.open(request.build());
    }

    @Override
    public void close() {
        sessions.close();
        source.close();
    }
}
