package dev.browserpool.playwright.junit;

import dev.browserpool.ProfileClaim;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The browser of this test, or of each test of this class, runs on a profile: the test waits until nobody else has it. The nearest one
 * counts: of the method, its class, the enclosing class. Enough by itself, as {@link UseBrowserPool} is.
 */
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(BrowserPoolExtension.class)
public @interface OnProfile {

    /** The profile's id, {@code [A-Za-z0-9][A-Za-z0-9._-]{0,127}}; never a path. */
    String value();

    /** Alone, by default, or together with others; see {@link ProfileClaim#mode()}. */
    ProfileClaim.Mode mode() default ProfileClaim.Mode.EXCLUSIVE;

    /** Wait, by default, or be refused if somebody has it; see {@link ProfileClaim#onConflict()}. */
    ProfileClaim.OnConflict onConflict() default ProfileClaim.OnConflict.WAIT;

    /**
     * Whether the test may start without any state if the profile's directory is gone, as after a clean build; see {@link
     * ProfileClaim#createIfMissing()}.
     */
    boolean createIfMissing() default false;
}
