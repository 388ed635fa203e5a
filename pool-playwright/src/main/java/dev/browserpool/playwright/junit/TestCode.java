package dev.browserpool.playwright.junit;

import dev.browserpool.BrowserPoolException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Optional;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Runs each piece of a test's code with the session in the hands of the thread that it runs on, whichever JUnit has chosen. */
abstract class TestCode implements InvocationInterceptor {

    /** Whether another extension does the work. */
    abstract boolean standsAside(ExtensionContext context);

    @Override
    public <T> T interceptTestClassConstructor(
            Invocation<T> code, ReflectiveInvocationContext<Constructor<T>> constructor, ExtensionContext context)
            throws Throwable {
        return run(code, context);
    }

    @Override
    public void interceptBeforeAllMethod(
            Invocation<Void> code, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(code, context);
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> code, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(code, context);
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> code, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        refuseProfileWithoutBrowser(context);
        run(code, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> code, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        refuseProfileWithoutBrowser(context);
        run(code, context);
    }

    @Override
    public <T> T interceptTestFactoryMethod(
            Invocation<T> code, ReflectiveInvocationContext<Method> method, ExtensionContext context) throws Throwable {
        return run(code, context);
    }

    /** A dynamic test has the session of its factory, which does not fail with it. */
    @Override
    public void interceptDynamicTest(
            Invocation<Void> code, DynamicTestInvocationContext dynamic, ExtensionContext context) throws Throwable {
        try {
            run(code, context);
        } catch (Throwable failure) {
            session(context).ifPresent(session -> session.failed(failure));
            throw failure;
        }
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> code, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        runInAnyCase(code, context);
    }

    @Override
    public void interceptAfterAllMethod(
            Invocation<Void> code, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        runInAnyCase(code, context);
    }

    private Optional<TestSession> session(ExtensionContext context) {
        return standsAside(context) ? Optional.empty() : TestSession.of(context);
    }

    private <T> T run(Invocation<T> code, ExtensionContext context) throws Throwable {
        Optional<TestSession> session = session(context);
        if (session.isEmpty()) {
            return code.proceed();
        }
        session.get().enter();
        try {
            return code.proceed();
        } finally {
            session.get().leave();
        }
    }

    /** What tidies up has to run, whatever became of the browser. */
    private void runInAnyCase(Invocation<Void> code, ExtensionContext context) throws Throwable {
        Optional<TestSession> session = session(context).filter(TestCode::canBeEntered);
        try {
            code.proceed();
        } finally {
            session.ifPresent(TestSession::leave);
        }
    }

    private static boolean canBeEntered(TestSession session) {
        try {
            session.enter();
            return true;
        } catch (BrowserPoolException | IllegalStateException deadOrStillInUse) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Nobody would have the profile while such a test runs. */
    private void refuseProfileWithoutBrowser(ExtensionContext context) {
        if (session(context).isEmpty()
                && !standsAside(context)
                && Asked.by(context).profileOfMethod()) {
            throw new ExtensionConfigurationException("@OnProfile of " + context.getRequiredTestMethod()
                    + " means nothing, since nothing asked for a browser: give the test a parameter of type Page,"
                    + " BrowserContext or BrowserSession, or leave @OnProfile out");
        }
    }
}
