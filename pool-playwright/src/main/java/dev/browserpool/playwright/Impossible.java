package dev.browserpool.playwright;

import dev.browserpool.SlotRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What can be said of a request before anybody waits: that there is no point in waiting. */
final class Impossible {
    private Impossible() {}

    /** Throws if this request can't have a browser of its own with these options. */
    static void refuse(SlotRequest request, SessionOptions options, SessionSettings settings) {
        problem(request, options, settings).ifPresent(problem -> {
            throw new IllegalArgumentException("no session for request " + request.requestId() + ": " + problem);
        });
    }

    private static Optional<String> problem(SlotRequest request, SessionOptions options, SessionSettings settings) {
        if (request.parentRequestId().isPresent()) {
            return Optional.of("it runs on the slot of "
                    + request.parentRequestId().get()
                    + ", which has a browser already: open a page in that session");
        }
        if (request.profile().isPresent() && settings.profiles().isEmpty()) {
            return Optional.of("it claims profile " + request.profile().get().profileId()
                    + ", and no directory for profiles is set: say builder(pool).profiles(directory)");
        }
        if (request.profile().isPresent() && options.storageState().isPresent()) {
            return Optional.of("it claims profile " + request.profile().get().profileId()
                    + ", which has a state of its own: leave storageState out");
        }
        Optional<Path> missing = options.storageState().filter(file -> !Files.isReadable(file));
        if (missing.isPresent()) {
            return Optional.of("its storageState " + missing.get() + " is no file that can be read");
        }
        if (request.proxyId().isPresent()
                && settings.proxies().isEmpty()
                && options.proxy().isEmpty()) {
            return Optional.of("it must go through proxy " + request.proxyId().get() + ", " + SessionProxy.cure());
        }
        return Optional.empty();
    }
}
