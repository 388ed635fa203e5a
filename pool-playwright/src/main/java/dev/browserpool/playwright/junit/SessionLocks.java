package dev.browserpool.playwright.junit;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Tests that share a session must not run at once. JUnit keeps the tests of a class that writes to a resource in one thread, so that class
 * gets one of its own; others run beside it.
 */
final class SessionLocks implements ResourceLocksProvider {

    @Override
    public Set<Lock> provideForClass(Class<?> testClass) {
        Optional<UseBrowserPool> said = AnnotationSupport.findAnnotation(testClass, UseBrowserPool.class);
        return said.filter(use -> use.session() == Lifecycle.PER_CLASS)
                .map(use ->
                        Set.of(new Lock("browser session of " + testClass.getName(), ResourceAccessMode.READ_WRITE)))
                .orElseGet(Set::of);
    }

    @Override
    public Set<Lock> provideForNestedClass(List<Class<?>> enclosing, Class<?> testClass) {
        return provideForClass(testClass);
    }
}
