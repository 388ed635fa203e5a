package dev.browserpool.examples.dashboard;

import dev.browserpool.BrowserPool;
import dev.browserpool.BrowserPoolException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is served where, and what becomes of whatever goes wrong. */
final class Routes {
    static final String API = "/api/browser-pool";

    private static final Logger log = LoggerFactory.getLogger(Routes.class);

    /** Nothing from elsewhere, nothing inline, in nobody's frame. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
                    + " require-trusted-types-for 'script'";

    private final Gate gate;
    private final PoolProblems problems;
    private final ReadRoutes read;
    private final ActionRoutes act;
    private final EvidenceRoutes evidence;
    private final PageRoutes page;
    private final Viewers viewers;

    Routes(BrowserPool pool, DashboardOptions options, Lookout lookout, Viewers viewers, Body body) {
        Guesses guesses = new Guesses(System::nanoTime);
        Optional<Logins> logins = options.token().map(token -> new Logins(token, guesses, viewers::lookAround));
        Optional<EvidenceShelf> shelf = options.evidence().map(EvidenceShelf::new);
        this.gate = new Gate(options.names(), logins);
        this.problems = new PoolProblems(pool);
        this.read = new ReadRoutes(pool, lookout, shelf);
        this.act = new ActionRoutes(pool, body);
        this.evidence = new EvidenceRoutes(shelf);
        this.page = new PageRoutes(logins, body);
        this.viewers = viewers;
    }

    void addTo(RoutesConfig routes) {
        routes.before(this::guard);
        addPage(routes);
        addReading(routes);
        addActions(routes);
        addFailures(routes);
    }

    private void addPage(RoutesConfig routes) {
        routes.get("/", context -> context.redirect(PageRoutes.PAGE, HttpStatus.SEE_OTHER));
        routes.get(PageRoutes.PAGE, page::page);
        routes.get(Gate.LOGIN, context -> PageRoutes.resource(context, "login.html"));
        routes.post(Gate.LOGIN, page::logIn);
        routes.post(PageRoutes.PAGE + "/logout", page::logOut);
        routes.get(PageRoutes.PAGE + "/{part}", page::part);
    }

    private void addReading(RoutesConfig routes) {
        routes.get(API + "/openapi.json", context -> PageRoutes.resource(context, "openapi.json"));
        routes.get(API + "/status", read::status);
        routes.get(API + "/request", read::request);
        routes.get(API + "/recent", read::recent);
        routes.get(API + "/line", read::line);
        routes.get(API + "/profiles", read::profiles);
        routes.get(API + "/profiles/{id}", read::profile);
        routes.get(API + "/profiles/{id}/history", read::history);
        routes.get(API + "/pressure", read::pressure);
        routes.get(API + "/load", read::load);
        routes.get(API + "/conflicts", read::conflicts);
        routes.get(API + "/events", context -> viewers.tell(context, gate.lasts(context)));
        routes.get(EvidenceShelf.URL + "{group}/{run}", evidence::contents);
        routes.get(EvidenceShelf.URL + "{group}/{run}/{file}", evidence::file);
    }

    private void addActions(RoutesConfig routes) {
        routes.post(API + "/cancel", act::cancel);
        routes.post(API + "/revoke", act::revoke);
        routes.post(API + "/resize", act::resize);
        routes.post(API + "/pause", act::pause);
        routes.post(API + "/resume", act::resume);
        routes.post(API + "/cleanup", act::cleanUp);
        routes.post(API + "/load-test/lock", act::lockForLoadTest);
        routes.post(API + "/load-test/unlock", act::unlockAfterLoadTest);
        routes.post(API + "/quarantine", act::quarantine);
        routes.post(API + "/clear", act::clear);
        routes.post(API + "/check-out", act::checkOut);
        routes.post(API + "/check-in", act::checkIn);
    }

    private void addFailures(RoutesConfig routes) {
        routes.exception(
                BrowserPoolException.class, (e, context) -> problems.of(e).send(context));
        routes.exception(BadRequestException.class, (e, context) -> badRequest(e, context));
        // What the pool refuses as a value, in its own words.
        routes.exception(IllegalArgumentException.class, (e, context) -> badRequest(e, context));
        routes.exception(
                NotFoundException.class,
                (e, context) ->
                        Problem.of(404, "not-found", "It is not there", text(e)).send(context));
        routes.exception(
                HttpResponseException.class,
                (e, context) -> Problem.of(
                                e.getStatus(),
                                "http-" + e.getStatus(),
                                HttpStatus.forStatus(e.getStatus()).getMessage(),
                                text(e))
                        .send(context));
        routes.exception(Exception.class, (e, context) -> {
            log.warn("{} {} failed", context.method(), context.path(), e);
            Problem.of(500, "unexpected", "Something unexpected", "the server's log has more")
                    .send(context);
        });
    }

    private void guard(Context context) {
        context.header("Content-Security-Policy", POLICY);
        context.header("X-Content-Type-Options", "nosniff");
        context.header("X-Frame-Options", "DENY");
        // With none at all, the login's form would come from the origin "null".
        context.header("Referrer-Policy", "same-origin");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
        context.header("Cross-Origin-Opener-Policy", "same-origin");
        context.header("Cache-Control", "no-store");
        gate.objection(context).ifPresent(problem -> refuse(context, problem));
    }

    private static void refuse(Context context, Problem problem) {
        boolean isPage = problem.status() == 401 && !context.path().startsWith(API);
        if (isPage) {
            context.redirect(Gate.LOGIN, HttpStatus.SEE_OTHER);
        } else {
            problem.send(context);
        }
        context.skipRemainingHandlers();
    }

    private static void badRequest(Exception e, Context context) {
        Problem.of(400, "bad-request", "That can't be understood", text(e)).send(context);
    }

    private static String text(Exception e) {
        return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    }
}
