package dev.browserpool.examples.spring;

import dev.browserpool.AdmissionRefusedException;
import dev.browserpool.BrowserPoolException;
import dev.browserpool.LoadTestInProgressException;
import dev.browserpool.OperationType;
import dev.browserpool.PoolClosedException;
import dev.browserpool.QueueFullException;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotTimeoutException;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.playwright.BrowserSessions;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Something that needs a browser. The page is the operator's choice, not the caller's: a browser reaches more than he does. */
@RestController
final class TitleController {
    private final BrowserSessions browsers;
    private final String page;

    TitleController(BrowserSessions browsers, @Value("${example.page}") String page) {
        this.browsers = browsers;
        this.page = page;
    }

    @GetMapping("/title")
    String title() throws InterruptedException {
        SlotRequest request = SlotRequest.builder(OperationType.EXPLORATION)
                .timeout(Duration.ofSeconds(20))
                .maxDuration(Duration.ofMinutes(1))
                .build();
        return browsers.call(request, session -> {
            session.page().navigate(page);
            return session.page().title();
        });
    }

    /** What the pool says, with its position and holders, as what HTTP has for it. */
    @ExceptionHandler({
        SlotTimeoutException.class,
        AdmissionRefusedException.class,
        StoreUnavailableException.class,
        PoolClosedException.class
    })
    ProblemDetail busy(BrowserPoolException now) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, String.valueOf(now.getMessage()));
    }

    @ExceptionHandler
    ProblemDetail reserved(LoadTestInProgressException test) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, String.valueOf(test.getMessage()));
    }

    @ExceptionHandler
    ProblemDetail full(QueueFullException full) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.TOO_MANY_REQUESTS, String.valueOf(full.getMessage()));
    }
}
