package dev.browserpool.playwright.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Lets tests ask for a browser by a parameter of type {@link com.microsoft.playwright.Page}, {@link
 * com.microsoft.playwright.BrowserContext} or {@link dev.browserpool.playwright.BrowserSession}: in the test method, in
 * {@code @BeforeEach} and {@code @AfterEach}, and in the constructor. All parameters of one test are of one session, which is opened when the first
 * of them is needed, waits for its slot as any request does, and is closed after {@code @AfterEach}. A test that asks for none
 * takes no slot. A test that failed leaves evidence; see {@link BrowserPoolExtension}.
 *
 * <p>On a class it counts for its tests, those of its subclasses, and of its {@code @Nested} classes; on a method, for that one. What
 * the nearest one leaves out, the next one outside says.
 *
 * <pre>{@code
 * @UseBrowserPool
 * class CheckoutTest {
 *   @Test
 *   void showsThePrices(Page page) { … }
 *
 *   @Test
 *   @OnProfile("profile_amelia")
 *   void keepsTheCart(BrowserSession session) { … }
 * }
 * }</pre>
 */
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(BrowserPoolExtension.class)
@ResourceLock(providers = SessionLocks.class)
public @interface UseBrowserPool {

    /**
     * Whose pool and which browsers; the class has a constructor without parameters. One instance serves the whole test plan. By
     * default {@link dev.browserpool.config.BrowserPools#shared()}, with the values that {@link TestBrowsers} has.
     */
    Class<? extends TestBrowsers> value() default TestBrowsers.class;

    /**
     * {@code PER_METHOD}: each test, each repetition and each set of arguments has a session of its own. {@code PER_CLASS}, on a
     * class only: its tests, and those of its {@code @Nested} classes, share one, which {@code @BeforeAll} may ask for too; they run one
     * after the other also where tests run in parallel. Has nothing to do with how many instances of the class there are.
     */
    Lifecycle session() default Lifecycle.PER_METHOD;

    /** How many seconds a test waits for its browser at most, zero or more; -1 for what the next annotation outside says, 120 if none does. */
    long timeoutSeconds() default -1;
}
