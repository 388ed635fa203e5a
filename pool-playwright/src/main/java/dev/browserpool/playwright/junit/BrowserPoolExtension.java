package dev.browserpool.playwright.junit;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.browserpool.playwright.BrowserSession;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the pages, contexts and sessions that they ask for by parameter. Registered by {@link UseBrowserPool} or {@link
 * OnProfile}; or in a field, with browsers of one's own:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final BrowserPoolExtension browsers = BrowserPoolExtension.using(new ShopBrowsers());
 * }</pre>
 *
 * <p><b>Waiting.</b> A test waits for its slot, and for its profile, while its parameters are resolved: that is not counted by
 * {@code @Timeout}. After two minutes, or what {@link UseBrowserPool#timeoutSeconds()} says, it fails with a {@link
 * dev.browserpool.SlotTimeoutException} that names who holds the browsers; requests have the names of their tests.
 *
 * <p><b>Failure.</b> What the test, a {@code @BeforeEach} or an {@code @AfterEach} throws fails the session. Evidence with a trace is
 * saved then; where it is stands in a report entry and, suppressed, in the failure itself. A test that was aborted, as by an
 * assumption, has not failed.
 *
 * <p><b>Threads.</b> While code of a test runs, the session belongs to the thread on which it runs, so {@code @Timeout(threadMode =
 * SEPARATE_THREAD)} works: a thread that was given up and comes out within a second leaves full evidence, otherwise the browser is
 * stopped and the evidence has no page. A thread that the test starts itself must be handed the session, see {@link
 * BrowserSession#handOver()}. Safe to share between test classes that run at the same time.
 */
public final class BrowserPoolExtension extends TestCode
        implements BeforeAllCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(BrowserPoolExtension.class);
    private static final Set<Class<?>> GIVEN = Set.of(Page.class, BrowserContext.class, BrowserSession.class);

    private final @Nullable TestBrowsers browsers;

    /** With the browsers that annotations name; for JUnit. */
    public BrowserPoolExtension() {
        this.browsers = null;
    }

    private BrowserPoolExtension(TestBrowsers browsers) {
        this.browsers = browsers;
    }

    /**
     * With these browsers, for a field with {@code @RegisterExtension}. May be registered in many classes, which then share them. They are
     * closed when the test plan ends: a second one in the same JVM, as for reruns of failed tests, needs new ones, which {@link
     * UseBrowserPool#value()} makes by itself.
     */
    public static BrowserPoolExtension using(TestBrowsers browsers) {
        return new BrowserPoolExtension(browsers);
    }

    /** {@inheritDoc} */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    /** Wrong use of the annotations ends here, before anything is opened. */
    @Override
    public void beforeAll(ExtensionContext context) {
        Asked asked = Asked.by(context);
        if (browsers != null && asked.source() != TestBrowsers.class) {
            throw new ExtensionConfigurationException(
                    context.getRequiredTestClass().getName() + " has a "
                            + "BrowserPoolExtension in a field and @UseBrowserPool("
                            + asked.source().getSimpleName()
                            + ".class) as well: leave out one of them");
        }
    }

    /** {@inheritDoc} */
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return GIVEN.contains(parameter.getParameter().getType()) && !standsAside(context);
    }

    /** Waits for a browser, if there is none yet. */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return new Demand(parameter, context, Optional.ofNullable(browsers)).meet();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (standsAside(context)) {
            return;
        }
        TestSession.of(context).ifPresent(session -> {
            if (session.isOf(context)) {
                session.end(context.getExecutionException());
            } else {
                context.getExecutionException().ifPresent(session::failed);
            }
        });
    }

    @Override
    public void afterAll(ExtensionContext context) {
        TestSession.of(context)
                .filter(session -> session.isOf(context) && !standsAside(context))
                .ifPresent(session -> session.end(context.getExecutionException()));
    }

    /** A field may register browsers of its own beside an annotation that only says which profile. */
    @Override
    boolean standsAside(ExtensionContext context) {
        return browsers == null && RegisteredField.isIn(context);
    }

    boolean hasBrowsers() {
        return browsers != null;
    }
}
