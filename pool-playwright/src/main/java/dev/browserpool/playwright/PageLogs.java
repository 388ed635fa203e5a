package dev.browserpool.playwright;

import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ConsoleMessagesFilter;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the driver remembers of a page, as text.
 *
 * @param page the page
 * @param redacted takes secrets out
 */
record PageLogs(Page page, UnaryOperator<String> redacted) {
    private static final int FIRST_ERROR = 400;

    String console() {
        return lines(
                page.consoleMessages(new Page.ConsoleMessagesOptions().setFilter(ConsoleMessagesFilter.ALL)).stream()
                        .map(this::line));
    }

    private String line(ConsoleMessage message) {
        return Instant.ofEpochMilli((long) message.timestamp()) + " " + message.type() + ": "
                + redacted.apply(message.text()) + " (" + redacted.apply(message.location()) + ")";
    }

    String errors() {
        return lines(page.pageErrors().stream().map(redacted));
    }

    String failedRequests() {
        return lines(page.requests().stream()
                .flatMap(request -> problem(request)
                        .map(why -> request.method() + " " + redacted.apply(request.url()) + " " + redacted.apply(why))
                        .stream()));
    }

    /** Without waiting for one that is still on its way. */
    private static Optional<String> problem(Request request) {
        String failure = request.failure();
        if (failure != null) {
            return Optional.of(failure);
        }
        Response response = request.existingResponse();
        return response == null
                ? Optional.of("no answer")
                : Optional.of(response.status())
                        .filter(status -> status >= FIRST_ERROR)
                        .map(String::valueOf);
    }

    String cookieNames() {
        return lines(
                page.context().cookies().stream().map(cookie -> cookie.domain + " " + redacted.apply(cookie.name)));
    }

    private static String lines(Stream<String> all) {
        return all.map(line -> line + "\n").collect(Collectors.joining());
    }
}
