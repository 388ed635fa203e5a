package dev.browserpool.playwright;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.options.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One launch: the user's options, and over them what the pool needs.
 *
 * @param kind which browser
 * @param executable its program; empty leaves the search to Playwright
 * @param options the user's
 * @param proxy the proxy that it must go through, if one is named; it counts over the options
 * @param timeout how long Playwright may try
 */
record Launch(
        BrowserKind kind,
        Optional<Path> executable,
        SessionOptions options,
        Optional<SessionProxy> proxy,
        Duration timeout) {

    /** What the places for temporary files are called. */
    static final List<String> TEMPORARY = List.of("TMPDIR", "TMP", "TEMP");
    /** Where traces lie, in such a place. */
    static final String TRACES = "traces";

    /** No traffic of its own. Playwright sets most of them already, some only for some browsers. */
    private static final List<String> CHROMIUM = List.of(
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run");

    /** How a browser without a profile is to be started: equal options make browsers of which each will do. */
    BrowserType.LaunchOptions ephemeral() throws UnusableProxyException {
        BrowserType.LaunchOptions launch = new BrowserType.LaunchOptions();
        launch.setHeadless(!options.headed()).setTimeout((double) timeout.toMillis());
        executable.ifPresent(launch::setExecutablePath);
        unnamed().ifPresent(launch::setProxy);
        options.launch().accept(launch);
        refuseReserved(launch.args, launch.ignoreDefaultArgs, launch.ignoreAllDefaultArgs);
        launch.setArgs(arguments(launch.args, launch.headless, launch.ignoreDefaultArgs));
        if (proxy.isPresent()) {
            proxy.get().refuseOther(launch.proxy);
            proxy.get().refuseSwitches(launch.args, launch.ignoreDefaultArgs, launch.ignoreAllDefaultArgs);
            launch.setProxy(proxy.get().proxy());
        }
        return launch;
    }

    /**
     * How a session's context in such a browser is to be made.
     *
     * @param films where its pages' films go; empty if none are made
     */
    Browser.NewContextOptions context(Optional<Path> films) throws UnusableProxyException {
        Browser.NewContextOptions context = new Browser.NewContextOptions();
        options.locale().ifPresent(context::setLocale);
        options.timezone().ifPresent(context::setTimezoneId);
        options.viewport().ifPresent(context::setViewportSize);
        options.storageState().ifPresent(context::setStorageStatePath);
        films.ifPresent(context::setRecordVideoDir);
        options.context().accept(context);
        if (proxy.isPresent()) {
            proxy.get().refuseOther(context.proxy);
        }
        return context;
    }

    /**
     * Starts a browser without a profile.
     *
     * @param launch from {@link #ephemeral()}, which is changed
     * @param tag the switch by which the browser's process is found
     * @param temporary its own directory for temporary files
     */
    Browser start(BrowserType type, BrowserType.LaunchOptions launch, String tag, Path temporary) {
        launch.setArgs(tagged(launch.args, tag))
                .setEnv(environment(launch.env, temporary))
                .setArtifactsDir(temporary)
                .setTracesDir(temporary.resolve(TRACES));
        launch.setHandleSIGINT(false).setHandleSIGTERM(false).setHandleSIGHUP(false);
        return type.launch(launch);
    }

    /** Starts a browser on a profile's directory. As above. */
    BrowserContext persistent(BrowserType type, Path directory, Optional<Path> films, String tag, Path temporary)
            throws UnusableProxyException {
        BrowserType.LaunchPersistentContextOptions launch = new BrowserType.LaunchPersistentContextOptions();
        launch.setHeadless(!options.headed()).setTimeout((double) timeout.toMillis());
        executable.ifPresent(launch::setExecutablePath);
        unnamed().ifPresent(launch::setProxy);
        options.locale().ifPresent(launch::setLocale);
        options.timezone().ifPresent(launch::setTimezoneId);
        options.viewport().ifPresent(launch::setViewportSize);
        films.ifPresent(launch::setRecordVideoDir);
        options.persistent().accept(launch);
        refuseReserved(launch.args, launch.ignoreDefaultArgs, launch.ignoreAllDefaultArgs);
        List<String> arguments = arguments(launch.args, launch.headless, launch.ignoreDefaultArgs);
        if (proxy.isPresent()) {
            proxy.get().refuseOther(launch.proxy);
            proxy.get().refuseSwitches(arguments, launch.ignoreDefaultArgs, launch.ignoreAllDefaultArgs);
            launch.setProxy(proxy.get().proxy());
        }
        launch.setArgs(tagged(arguments, tag)).setEnv(environment(launch.env, temporary));
        launch.setArtifactsDir(temporary).setTracesDir(temporary.resolve(TRACES));
        launch.setHandleSIGINT(false).setHandleSIGTERM(false).setHandleSIGHUP(false);
        return type.launchPersistentContext(directory, launch);
    }

    /** A named one is set last, so that one that the options set beside it is seen. */
    private Optional<Proxy> unnamed() {
        return proxy.isPresent() ? Optional.empty() : options.proxy();
    }

    private void refuseReserved(
            @Nullable List<String> users, @Nullable List<String> dropped, @Nullable Boolean allDropped) {
        if (kind == BrowserKind.CHROMIUM) {
            ReservedSwitches.refuse(users == null ? List.of() : users, dropped, allDropped);
        }
    }

    private List<String> arguments(
            @Nullable List<String> users, @Nullable Boolean headless, @Nullable List<String> dropped) {
        List<String> all = new ArrayList<>(users == null ? List.of() : users);
        all.addAll(options.arguments());
        if (kind == BrowserKind.CHROMIUM) {
            all.addAll(LeanWindows.switches(headless, all, dropped));
            all.addAll(CHROMIUM);
        }
        return all;
    }

    private List<String> tagged(List<String> arguments, String tag) {
        List<String> all = new ArrayList<>(arguments);
        if (kind == BrowserKind.CHROMIUM) {
            all.add(tag);
        }
        return all;
    }

    /** Playwright replaces the browser's whole environment by what it is given. */
    private static Map<String, String> environment(@Nullable Map<String, String> users, Path temporary) {
        Map<String, String> all = new HashMap<>(users == null ? System.getenv() : users);
        TEMPORARY.forEach(name -> all.put(name, temporary.toString()));
        return all;
    }
}
