package dev.browserpool.playwright.junit;

import dev.browserpool.OperationType;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotTimeoutException;
import dev.browserpool.playwright.BrowserSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;

/**
 * One parameter that wants a browser.
 *
 * @param parameter what it is
 * @param context whose
 * @param browsers those of the extension itself; empty if annotations say whose
 */
record Demand(ParameterContext parameter, ExtensionContext context, Optional<TestBrowsers> browsers) {
    private static final int LONGEST_NAME = 120;
    private static final int LONGEST_DESCRIPTION = 200;

    /**
     * Opens the session if this is the first parameter of its test, or of its class.
     *
     * @throws ParameterResolutionException if there is none for it, or it can't be had in time
     */
    Object meet() {
        Asked asked = Asked.by(context);
        ExtensionContext home = home(asked);
        TestSession session = TestSession.of(context)
                .map(open -> mustBeOf(home, open))
                .orElseGet(() -> TestSession.keep(open(asked, home), home));
        try {
            return session.give(parameter.getParameter().getType());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** The test or the class to which the session belongs. */
    private ExtensionContext home(Asked asked) {
        Optional<ExtensionContext> candidate = Optional.of(context);
        while (asked.sharing().isPresent()
                && candidate.isPresent()
                && !isOf(candidate.get(), asked.sharing().get())) {
            candidate = candidate.get().getParent();
        }
        return candidate
                .filter(home ->
                        asked.sharing().isPresent() || home.getTestMethod().isPresent())
                .orElseThrow(() -> new ParameterResolutionException(parameter.getParameter() + " of "
                        + parameter.getDeclaringExecutable() + " asks for a browser when no test runs: each test of "
                        + context.getRequiredTestClass().getSimpleName()
                        + " has a session of its own. Ask for it in the test or in @BeforeEach, or let all tests of the class share one"
                        + " with @UseBrowserPool(session = PER_CLASS)"));
    }

    private static boolean isOf(ExtensionContext context, Class<?> owner) {
        return context.getTestMethod().isEmpty()
                && context.getTestClass().filter(owner::equals).isPresent();
    }

    /** Who holds one browser and waits for a second may wait for ever, for somebody who does the same. */
    private TestSession mustBeOf(ExtensionContext home, TestSession open) {
        if (!open.isOf(home)) {
            throw new ParameterResolutionException(
                    name(home) + " would wait for a second browser while " + name(open.home())
                            + " around it has one. Leave out @UseBrowserPool inside, so that its tests share that session, or say"
                            + " session = PER_METHOD for both");
        }
        return open;
    }

    private BrowserSession open(Asked asked, ExtensionContext home) {
        PlanBrowsers plan = browsers.map(own -> PlanBrowsers.of(context, own))
                .orElseGet(() -> PlanBrowsers.of(context, asked.source()));
        try {
            return plan.open(request(asked, home));
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (SlotTimeoutException e) {
            throw new ParameterResolutionException(
                    e.getMessage() + "; a test waits longer with @UseBrowserPool(timeoutSeconds = …)", e);
        }
    }

    private static SlotRequest.Builder request(Asked asked, ExtensionContext home) {
        String unique = SlotRequest.of(OperationType.TEST_RUN).requestId();
        String id = shortened(name(home), LONGEST_NAME) + unique.substring(unique.indexOf('-'));
        SlotRequest.Builder request = SlotRequest.builder(id, OperationType.TEST_RUN)
                .description(shortened(
                        home.getDisplayName().replaceAll("[\\p{Cc}\\u2028\\u2029]", " "), LONGEST_DESCRIPTION))
                .timeout(asked.timeout());
        asked.profile().ifPresent(request::profile);
        return request;
    }

    /** As a person looks for it: the class without its package, the nested ones in it, the method. */
    private static String name(ExtensionContext context) {
        List<Class<?>> classes = new ArrayList<>(context.getEnclosingTestClasses());
        classes.add(context.getRequiredTestClass());
        Class<?> outermost = classes.remove(0);
        String name = outermost.getName().substring(outermost.getPackageName().length());
        StringBuilder all = new StringBuilder(name.replaceFirst("^\\.", "").replace('$', '.'));
        classes.forEach(nested -> all.append('.').append(nested.getSimpleName()));
        context.getTestMethod().ifPresent(method -> all.append('.').append(method.getName()));
        return all.toString();
    }

    private static String shortened(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }

    private ParameterResolutionException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new ParameterResolutionException(name(context) + " was interrupted while it waited for its browser", e);
    }
}
