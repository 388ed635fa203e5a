package dev.browserpool.playwright.junit;

import dev.browserpool.ProfileClaim;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What a test asks for, as its annotations say.
 *
 * @param source whose browsers
 * @param sharing the class whose tests share one session; empty if each has its own
 * @param profile what it wants of a profile
 * @param profileOfMethod whether the method itself says so
 * @param timeout how long it may wait
 */
record Asked(
        Class<? extends TestBrowsers> source,
        Optional<Class<?>> sharing,
        Optional<ProfileClaim> profile,
        boolean profileOfMethod,
        Duration timeout) {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    /**
     * Of a test, or of a class.
     *
     * @throws ExtensionConfigurationException if the annotations contradict each other or themselves
     */
    static Asked by(ExtensionContext context) {
        List<Class<?>> classes = new ArrayList<>(context.getEnclosingTestClasses());
        classes.add(context.getRequiredTestClass());
        List<Found<UseBrowserPool>> uses = nearestFirst(context, classes, UseBrowserPool.class);
        List<Found<OnProfile>> profiles = nearestFirst(context, classes, OnProfile.class);
        Optional<Class<?>> sharing = sharing(uses);
        sharing.ifPresent(owner -> refuseOwnProfilesInside(owner, classes, profiles));
        return new Asked(
                source(uses),
                sharing,
                profiles.stream().findFirst().map(Asked::claim),
                profiles.stream().anyMatch(found -> !found.isClass()),
                timeout(uses));
    }

    /**
     * An annotation, and where it was found.
     *
     * @param annotation what is said
     * @param on the class or method that says it
     */
    private record Found<A extends Annotation>(A annotation, AnnotatedElement on) {
        boolean isClass() {
            return on instanceof Class<?>;
        }
    }

    private static <A extends Annotation> List<Found<A>> nearestFirst(
            ExtensionContext context, List<Class<?>> outermostFirst, Class<A> type) {
        List<AnnotatedElement> places = new ArrayList<>(outermostFirst);
        context.getTestMethod().ifPresent(places::add);
        List<Found<A>> found = new ArrayList<>();
        for (AnnotatedElement place : places) {
            AnnotationSupport.findAnnotation(place, type).ifPresent(a -> found.add(0, new Found<>(a, place)));
        }
        return found;
    }

    private static Class<? extends TestBrowsers> source(List<Found<UseBrowserPool>> uses) {
        for (Found<UseBrowserPool> use : uses) {
            if (use.annotation().value() != TestBrowsers.class) {
                return use.annotation().value();
            }
        }
        return TestBrowsers.class;
    }

    private static Duration timeout(List<Found<UseBrowserPool>> uses) {
        for (Found<UseBrowserPool> use : uses) {
            long seconds = use.annotation().timeoutSeconds();
            if (seconds < -1) {
                throw new ExtensionConfigurationException("@UseBrowserPool of " + use.on() + " has timeoutSeconds "
                        + seconds + "; it must be zero or more, or left out for " + TIMEOUT.toSeconds());
            }
            if (seconds >= 0) {
                return Duration.ofSeconds(seconds);
            }
        }
        return TIMEOUT;
    }

    private static Optional<Class<?>> sharing(List<Found<UseBrowserPool>> uses) {
        for (Found<UseBrowserPool> use : uses) {
            boolean shares = use.annotation().session() == Lifecycle.PER_CLASS;
            if (shares && !use.isClass()) {
                throw new ExtensionConfigurationException("@UseBrowserPool of " + use.on()
                        + " asks for one session per class, which only a class can: put it on the class");
            }
            if (use.on() instanceof Class<?> type) {
                return shares ? Optional.of(type) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** One session has one profile: what is said inside the class that shares it would come too late. */
    private static void refuseOwnProfilesInside(
            Class<?> owner, List<Class<?>> outermostFirst, List<Found<OnProfile>> profiles) {
        List<Class<?>> inside = outermostFirst.subList(outermostFirst.indexOf(owner) + 1, outermostFirst.size());
        for (Found<OnProfile> found : profiles) {
            if (!found.isClass() || inside.contains(found.on())) {
                throw new ExtensionConfigurationException("@OnProfile(\""
                        + found.annotation().value() + "\") of "
                        + found.on() + " can't be had: all tests of " + owner.getName()
                        + " share one session, and it has one profile. Put @OnProfile on " + owner.getSimpleName()
                        + ", or let each test have its own session (session = PER_METHOD)");
            }
        }
    }

    private static ProfileClaim claim(Found<OnProfile> found) {
        OnProfile said = found.annotation();
        try {
            return new ProfileClaim(said.value(), said.mode(), said.onConflict(), said.createIfMissing());
        } catch (IllegalArgumentException e) {
            throw new ExtensionConfigurationException("@OnProfile of " + found.on() + ": " + e.getMessage(), e);
        }
    }
}
