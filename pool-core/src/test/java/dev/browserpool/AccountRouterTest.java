package dev.browserpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.browserpool.AccountRouter.Route;
import dev.browserpool.UnroutableTaskException.Reason;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From a task to its account's profile, and what is refused on the way. */
class AccountRouterTest {
    private static final Route US = Route.of("store_us", "profile_us")
            .withProxyId("proxy_us")
            .withWorkerId("worker_1")
            .withHomeHost("host_a");
    private static final Route DE_1 = Route.of("store_de", "profile_de_1");
    private static final Route DE_2 = Route.of("store_de", "profile_de_2").withWorkerId("worker_2");

    private final AccountRouter router = router(US, DE_1, DE_2);

    private static AccountRouter router(Route... routes) {
        AccountRouter.Builder builder = AccountRouter.builder();
        List.of(routes).forEach(builder::route);
        return builder.build();
    }

    private static TaskManifest.Builder task() {
        return TaskManifest.builder("task_1");
    }

    private UnroutableTaskException refusal(TaskManifest.Builder task) {
        return catchThrowableOfType(UnroutableTaskException.class, () -> router.route(task.build()));
    }

    @Test
    void anAccountLeadsToItsOnlyProfileWithProxyWorkerAndHost() {
        RoutedTask routed = router.route(task().accountId("store_us").build());

        assertThat(routed.task())
                .isEqualTo(task().accountId("store_us")
                        .profileId("profile_us")
                        .proxyId("proxy_us")
                        .build());
        assertThat(routed.workerId()).contains("worker_1");
        assertThat(routed.homeHost()).contains("host_a");
    }

    @Test
    void aProfileLeadsToItsAccount() {
        RoutedTask routed = router.route(task().profileId("profile_de_2").build());

        assertThat(routed.task().accountId()).contains("store_de");
        assertThat(routed.task().proxyId()).isEmpty();
        assertThat(routed.workerId()).contains("worker_2");
        assertThat(routed.homeHost()).isEmpty();
    }

    @Test
    void whatTheTaskSaysElseIsKept() {
        TaskManifest task = task().accountId("store_de")
                .profileId("profile_de_1")
                .proxyId("proxy_of_its_own")
                .type(OperationType.SECURITY)
                .requiresExclusiveProfileLock(false)
                .humanReviewOnLockConflict(true)
                .lockTimeout(Duration.ofMinutes(3))
                .build();

        assertThat(router.route(task)).isEqualTo(new RoutedTask(task, Optional.empty(), Optional.empty()));
    }

    @Test
    void theRequestOfARoutedTaskClaimsItsProfileAndNamesItsWorker() {
        SlotRequest request =
                router.route(task().accountId("store_us").build()).request().build();

        assertThat(request.requestId()).isEqualTo("task_1");
        assertThat(request.profile()).contains(ProfileClaim.exclusive("profile_us"));
        assertThat(request.accountId()).contains("store_us");
        assertThat(request.proxyId()).contains("proxy_us");
        assertThat(request.workerId()).contains("worker_1");
    }

    @Test
    void anAccountOfSeveralProfilesIsAmbiguous() {
        assertThat(refusal(task().accountId("store_de")))
                .hasMessage("task task_1 cannot be routed: account 'store_de' has several profiles;"
                        + " name one of [profile_de_1, profile_de_2]")
                .returns("task_1", UnroutableTaskException::taskId)
                .returns(Reason.SEVERAL_PROFILES, UnroutableTaskException::reason)
                .returns(List.of("profile_de_1", "profile_de_2"), UnroutableTaskException::candidates);
    }

    @Test
    void anUnknownAccountIsRefusedAlsoWithAKnownProfile() {
        String message =
                "task task_1 cannot be routed: account 'store_fr' has no route; known are [store_us, store_de]";

        assertThat(refusal(task().accountId("store_fr")))
                .hasMessage(message)
                .returns(Reason.UNKNOWN_ACCOUNT, UnroutableTaskException::reason)
                .returns(List.of("store_us", "store_de"), UnroutableTaskException::candidates);
        assertThat(refusal(task().accountId("store_fr").profileId("profile_us")))
                .hasMessage(message);
    }

    @Test
    void anUnknownProfileIsRefusedNamingThoseOfItsAccountOrAll() {
        assertThat(refusal(task().profileId("profile_x")))
                .hasMessageEndingWith(
                        "profile 'profile_x' has no route;" + " known are [profile_us, profile_de_1, profile_de_2]")
                .returns(Reason.UNKNOWN_PROFILE, UnroutableTaskException::reason);
        assertThat(refusal(task().accountId("store_us").profileId("profile_x")))
                .hasMessageEndingWith("profile 'profile_x' has no route; known of account 'store_us' are [profile_us]")
                .returns(List.of("profile_us"), UnroutableTaskException::candidates);
    }

    @Test
    void aProfileOfAnotherAccountIsRefused() {
        assertThat(refusal(task().accountId("store_us").profileId("profile_de_1")))
                .hasMessageEndingWith("profile 'profile_de_1' belongs to account 'store_de', not to 'store_us';"
                        + " leave one of the two out")
                .returns(Reason.PROFILE_OF_ANOTHER_ACCOUNT, UnroutableTaskException::reason)
                .returns(List.of("store_de"), UnroutableTaskException::candidates);
    }

    @Test
    void aTaskThatNamesNothingIsRefused() {
        assertThat(refusal(task()))
                .hasMessageEndingWith("it names neither an account nor a profile; name an account,"
                        + " known are [store_us, store_de]")
                .returns(Reason.NAMES_NOTHING, UnroutableTaskException::reason);
    }

    @Test
    void anotherProxyThanTheOneOfTheRouteIsRefused() {
        assertThat(refusal(task().accountId("store_us").proxyId("proxy_de")))
                .hasMessageEndingWith("it wants proxy 'proxy_de', and profile 'profile_us' is only used through"
                        + " 'proxy_us'; leave the proxy out")
                .returns(Reason.OTHER_PROXY, UnroutableTaskException::reason)
                .returns(List.of("proxy_us"), UnroutableTaskException::candidates);
        assertThat(router.route(task().accountId("store_us").proxyId("proxy_us").build())
                        .task()
                        .proxyId())
                .contains("proxy_us");
    }

    @Test
    void aLongListOfCandidatesIsCutInTheMessageOnly() {
        AccountRouter.Builder builder = AccountRouter.builder();
        for (int i = 0; i < 13; i++) {
            builder.route(Route.of("account_" + i, "profile_" + i));
        }
        AccountRouter large = builder.build();

        UnroutableTaskException refusal =
                catchThrowableOfType(UnroutableTaskException.class, () -> large.route(task().build()));

        assertThat(refusal).hasMessageEndingWith("account_8, account_9] and 3 more");
        assertThat(refusal.candidates()).hasSize(13);
    }

    @Test
    void twoAccountsOnOneProfileAreRefusedNamingBoth() {
        assertThatThrownBy(() -> router(US, Route.of("store_uk", "profile_us")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("profile 'profile_us' is routed for account 'store_us' and for 'store_uk';"
                        + " a profile belongs to one account: give the other its own");
        assertThatThrownBy(() -> router(US, Route.of("store_us", "profile_us")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("profile 'profile_us' has two routes of account 'store_us'; keep one");
    }

    @Test
    void aRouteRefusesBadNames() {
        assertThatThrownBy(() -> Route.of(" ", "profile")).hasMessageStartingWith("accountId is blank");
        assertThatThrownBy(() -> Route.of("account", "../etc")).hasMessageStartingWith("profile id '../etc'");
        assertThatThrownBy(() -> US.withProxyId("")).hasMessageStartingWith("proxyId is blank");
        assertThatThrownBy(() -> US.withWorkerId("")).hasMessageStartingWith("workerId is blank");
        assertThatThrownBy(() -> US.withHomeHost("")).hasMessageStartingWith("homeHost is blank");
    }

    @Test
    void aRouterShowsItsRoutesInTheirOrderAndDoesNotChangeAfterwards() {
        AccountRouter.Builder builder = AccountRouter.builder().route(US);
        AccountRouter one = builder.build();
        builder.route(DE_1);

        assertThat(router.routes()).containsExactly(US, DE_1, DE_2);
        assertThat(router.accounts()).containsExactly("store_us", "store_de");
        assertThat(one.routes()).containsExactly(US);
        assertThatThrownBy(() -> router.accounts().remove("store_us"))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> router.routes().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void theProxiesOfTheRoutesAreWrittenIntoTheRulesAndWhatElseTheySayStays() {
        AccountRouter router = AccountRouter.builder()
                .route(AccountRouter.Route.of("ann", "shop").withProxyId("eu-1"))
                .route(AccountRouter.Route.of("ben", "bank"))
                .build();
        try (BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1))) {
            pool.profiles().setRule(ProfileRule.defaultFor("shop").withMaxActive(3));

            router.bindProxies(pool.profiles());

            assertThat(pool.profiles().rule("shop"))
                    .isEqualTo(ProfileRule.defaultFor("shop").withMaxActive(3).withProxy("eu-1"));
            assertThat(pool.profiles().rule("bank")).isEqualTo(ProfileRule.defaultFor("bank"));
        }
    }
}
