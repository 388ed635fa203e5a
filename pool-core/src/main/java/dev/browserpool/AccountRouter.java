package dev.browserpool;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which account uses which profile, through which proxy, on which worker: the one place that says so, in place of a rule in
 * every worker. An account may have several profiles; a profile belongs to one account only, since two accounts in one
 * browser state log each other out. Immutable and safe to share between threads; a lookup does not block.
 *
 * <pre>{@code
 * AccountRouter router = AccountRouter.builder()
 *     .route(Route.of("store_us", "profile_store_us_018").withProxyId("proxy_us").withWorkerId("worker_1"))
 *     .route(Route.of("store_de", "profile_store_de_003"))
 *     .build();
 * SlotRequest request = router.route(task).request().timeout(Duration.ofMinutes(5)).build();
 * }</pre>
 */
public final class AccountRouter {
    private final Map<String, Route> byProfile;
    private final Map<String, List<Route>> byAccount;

    private AccountRouter(Map<String, Route> byProfile) {
        Map<String, List<Route>> accounts = new LinkedHashMap<>();
        byProfile
                .values()
                .forEach(route -> accounts.computeIfAbsent(route.accountId(), id -> new ArrayList<>())
                        .add(route));
        accounts.replaceAll((id, routes) -> List.copyOf(routes));
        this.byProfile = byProfile;
        this.byAccount = Collections.unmodifiableMap(accounts);
    }

    /**
     * One way: this account, with this profile.
     *
     * @param accountId the account
     * @param profileId its profile, {@code [A-Za-z0-9][A-Za-z0-9._-]{0,127}}
     * @param proxyId the only proxy that the profile is used with; empty leaves the choice to the task
     * @param workerId the worker that runs its tasks; empty means any
     * @param homeHost the host where the profile's directory is; empty means that it is not known
     */
    public record Route(
            String accountId,
            String profileId,
            Optional<String> proxyId,
            Optional<String> workerId,
            Optional<String> homeHost) {

        /** Refuses a name by the rules of {@link SlotRequest}, with an {@link IllegalArgumentException}. */
        public Route {
            Names.id("accountId", accountId);
            Names.profileId(profileId);
            proxyId.ifPresent(id -> Names.id("proxyId", id));
            workerId.ifPresent(id -> Names.id("workerId", id));
            homeHost.ifPresent(host -> Names.id("homeHost", host));
        }

        /** A route that says nothing about proxy, worker and host. */
        public static Route of(String accountId, String profileId) {
            return new Route(accountId, profileId, Optional.empty(), Optional.empty(), Optional.empty());
        }

        /** The same route, always through this proxy. */
        public Route withProxyId(String id) {
            return new Route(accountId, profileId, Optional.of(id), workerId, homeHost);
        }

        /** The same route, run by this worker. */
        public Route withWorkerId(String id) {
            return new Route(accountId, profileId, proxyId, Optional.of(id), homeHost);
        }

        /** The same route, with its directory on this host. */
        public Route withHomeHost(String host) {
            return new Route(accountId, profileId, proxyId, workerId, Optional.of(host));
        }
    }

    /** A builder without routes. */
    public static Builder builder() {
        return new Builder();
    }

    /** All routes, in the order in which they were given. */
    public List<Route> routes() {
        return List.copyOf(byProfile.values());
    }

    /**
     * Writes the proxies of the routes into the rules of their profiles, so that no request, of whatever program, uses one through
     * another; whoever waits with another one is cancelled. Reads each rule and writes it back: to be called when nobody else
     * changes rules, as when a program starts.
     *
     * @throws StoreUnavailableException if the store could not be reached
     */
    public void bindProxies(ProfileLocks profiles) {
        for (Route route : routes()) {
            route.proxyId()
                    .ifPresent(proxy ->
                            profiles.setRule(profiles.rule(route.profileId()).withProxy(proxy)));
        }
    }

    /** All accounts, in the order in which they were first named. */
    public Set<String> accounts() {
        return byAccount.keySet();
    }

    /**
     * Fills in what the task leaves out: the account of its profile, or the only profile of its account, and the proxy.
     *
     * @throws UnroutableTaskException if what the task names is not known, not enough, or does not fit together
     */
    public RoutedTask route(TaskManifest task) {
        Route route = find(task);
        route.proxyId().ifPresent(expected -> checkProxy(task, route, expected));
        TaskManifest.Builder complete =
                task.toBuilder().accountId(route.accountId()).profileId(route.profileId());
        route.proxyId().ifPresent(complete::proxyId);
        return new RoutedTask(complete.build(), route.workerId(), route.homeHost());
    }

    private Route find(TaskManifest task) {
        Optional<List<Route>> ofAccount = task.accountId().map(account -> ofAccount(task, account));
        if (task.profileId().isPresent()) {
            return ofProfile(task, task.profileId().get(), ofAccount.orElse(routes()));
        }
        List<Route> routes = ofAccount.orElseThrow(() -> Unroutable.namesNothing(task, accounts()));
        Route first = routes.get(0);
        if (routes.size() > 1) {
            throw Unroutable.severalProfiles(task, first.accountId(), profiles(routes));
        }
        return first;
    }

    private List<Route> ofAccount(TaskManifest task, String account) {
        List<Route> routes = byAccount.get(account);
        if (routes == null) {
            throw Unroutable.unknownAccount(task, account, accounts());
        }
        return routes;
    }

    private Route ofProfile(TaskManifest task, String profile, List<Route> allowed) {
        Route route = byProfile.get(profile);
        if (route == null) {
            throw Unroutable.unknownProfile(task, profile, profiles(allowed));
        }
        task.accountId().filter(account -> !account.equals(route.accountId())).ifPresent(account -> {
            throw Unroutable.profileOfAnother(task, route, account);
        });
        return route;
    }

    private static void checkProxy(TaskManifest task, Route route, String expected) {
        task.proxyId().filter(proxy -> !proxy.equals(expected)).ifPresent(proxy -> {
            throw Unroutable.otherProxy(task, route, proxy, expected);
        });
    }

    private static List<String> profiles(List<Route> routes) {
        return routes.stream().map(Route::profileId).toList();
    }

    /** Collects routes. Not thread-safe. */
    public static final class Builder {
        private final List<Route> routes = new ArrayList<>();

        private Builder() {}

        /** One more way. */
        public Builder route(Route route) {
            routes.add(Objects.requireNonNull(route, "route"));
            return this;
        }

        /**
         * The router.
         *
         * @throws IllegalArgumentException if two routes have the same profile
         */
        public AccountRouter build() {
            Map<String, Route> byProfile = new LinkedHashMap<>();
            for (Route route : routes) {
                Route earlier = byProfile.putIfAbsent(route.profileId(), route);
                if (earlier != null) {
                    throw new IllegalArgumentException(twice(earlier, route));
                }
            }
            return new AccountRouter(byProfile);
        }

        private static String twice(Route earlier, Route route) {
            String profile = "profile '" + route.profileId() + "' ";
            return earlier.accountId().equals(route.accountId())
                    ? profile + "has two routes of account '" + route.accountId() + "'; keep one"
                    : profile + "is routed for account '" + earlier.accountId() + "' and for '" + route.accountId()
                            + "'; a profile belongs to one account: give the other its own";
        }
    }
}
