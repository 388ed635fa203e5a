package dev.browserpool.playwright;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.options.Proxy;
import com.microsoft.playwright.options.ViewportSize;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How one session's browser is opened: the one set of options over the three that Playwright has, for a launch, for a launch
 * on a profile, and for a context. Immutable and safe to share between threads.
 *
 * <p>What is missing here is set on Playwright's own options, through {@link Builder#launch}, {@link Builder#persistent} and
 * {@link Builder#context}. What the pool needs to keep its promises is set after those and can't be changed by them: the
 * temporary directory, the tag, and that signals to this JVM do not close the browser.
 */
public final class SessionOptions {
    private final Builder b;

    private SessionOptions(Builder b) {
        this.b = b;
    }

    /** Headless, and otherwise Playwright's defaults. */
    public static SessionOptions defaults() {
        return builder().build();
    }

    /** A builder that starts with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts with these options. */
    public Builder toBuilder() {
        return new Builder(b);
    }

    boolean headed() {
        return b.headed;
    }

    Optional<String> locale() {
        return Optional.ofNullable(b.locale);
    }

    Optional<String> timezone() {
        return Optional.ofNullable(b.timezone);
    }

    Optional<ViewportSize> viewport() {
        return Optional.ofNullable(b.viewport);
    }

    Optional<Proxy> proxy() {
        return Optional.ofNullable(b.proxy).map(SessionOptions::copy);
    }

    Optional<Path> storageState() {
        return Optional.ofNullable(b.storageState);
    }

    List<String> arguments() {
        return b.arguments;
    }

    Consumer<BrowserType.LaunchOptions> launch() {
        return b.launch;
    }

    Consumer<BrowserType.LaunchPersistentContextOptions> persistent() {
        return b.persistent;
    }

    Consumer<Browser.NewContextOptions> context() {
        return b.context;
    }

    private static Proxy copy(Proxy proxy) {
        Proxy copy = new Proxy(proxy.server);
        copy.bypass = proxy.bypass;
        copy.username = proxy.username;
        copy.password = proxy.password;
        return copy;
    }

    /** Collects options. Not thread-safe. */
    public static final class Builder {
        private static final Pattern LOCALE = Pattern.compile("[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*");

        private boolean headed;
        private @Nullable String locale;
        private @Nullable String timezone;
        private @Nullable ViewportSize viewport;
        private @Nullable Proxy proxy;
        private @Nullable Path storageState;
        private List<String> arguments = List.of();
        private Consumer<BrowserType.LaunchOptions> launch = options -> {};
        private Consumer<BrowserType.LaunchPersistentContextOptions> persistent = options -> {};
        private Consumer<Browser.NewContextOptions> context = options -> {};

        private Builder() {}

        private Builder(Builder from) {
            this.headed = from.headed;
            this.locale = from.locale;
            this.timezone = from.timezone;
            this.viewport = from.viewport;
            this.proxy = from.proxy;
            this.storageState = from.storageState;
            this.arguments = from.arguments;
            this.launch = from.launch;
            this.persistent = from.persistent;
            this.context = from.context;
        }

        /** Whether the browser shows its window; needs a display. */
        public Builder headed(boolean value) {
            this.headed = value;
            return this;
        }

        /** The language that pages see, such as {@code de-DE}. */
        public Builder locale(String value) {
            if (!LOCALE.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        "locale is '" + value + "', it must be a language tag such as de-DE or en");
            }
            this.locale = value;
            return this;
        }

        /** The time zone that pages see, such as {@code Europe/Berlin}. */
        public Builder timezone(String id) {
            if (!ZoneId.getAvailableZoneIds().contains(id)) {
                throw new IllegalArgumentException("timezone is '" + id
                        + "', it must be the name of a place's zone such as Europe/Berlin, or UTC");
            }
            this.timezone = id;
            return this;
        }

        /** The size of pages, in CSS pixels; each at least 1. */
        public Builder viewport(int width, int height) {
            if (width < 1 || height < 1) {
                throw new IllegalArgumentException(
                        "viewport is " + width + " x " + height + ", each must be at least 1");
            }
            this.viewport = new ViewportSize(width, height);
            return this;
        }

        /**
         * The proxy for the whole browser. If the request or the profile's rule names a proxy, and the sessions have a resolver
         * that knows that name, a second one here is refused. For a session whose proxy is named, so is any in Playwright's own
         * options, and whatever has to do with proxies among the switches.
         */
        public Builder proxy(Proxy value) {
            if (value.server == null || value.server.isBlank()) {
                throw new IllegalArgumentException(
                        "the proxy has no server; give it one such as http://proxy.example:3128");
            }
            this.proxy = copy(value);
            return this;
        }

        /** A file with cookies and storage to start from. For ephemeral sessions only: a profile has its own. */
        public Builder storageState(Path file) {
            this.storageState = file;
            return this;
        }

        /**
         * More switches for the browser's command line, behind those that were given before. Those that the pool needs for itself are
         * refused, also in Playwright's own options.
         */
        public Builder arguments(String... switches) {
            List.of(switches).forEach(ReservedSwitches::refuse);
            List<String> all = new ArrayList<>(arguments);
            all.addAll(List.of(switches));
            this.arguments = List.copyOf(all);
            return this;
        }

        /** Changes the options of an ephemeral session's launch, after those above. On a thread of the library. */
        public Builder launch(Consumer<BrowserType.LaunchOptions> change) {
            this.launch = launch.andThen(change);
            return this;
        }

        /** Changes the options of a launch on a profile, after those above. On a thread of the library. */
        public Builder persistent(Consumer<BrowserType.LaunchPersistentContextOptions> change) {
            this.persistent = persistent.andThen(change);
            return this;
        }

        /** Changes the options of an ephemeral session's context, after those above. On a thread of the library. */
        public Builder context(Consumer<Browser.NewContextOptions> change) {
            this.context = context.andThen(change);
            return this;
        }

        /** The options. */
        public SessionOptions build() {
            return new SessionOptions(new Builder(this));
        }
    }
}
