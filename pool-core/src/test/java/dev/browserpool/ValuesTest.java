package dev.browserpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What values refuse, and with which words. */
class ValuesTest {
    private static final Duration NEGATIVE = Duration.ofSeconds(-1);
    private static final Duration TOO_LONG = Duration.ofSeconds(Long.MAX_VALUE);

    private static void refused(String message, ThrowingCallable code) {
        assertThatThrownBy(code).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A-1", "0", "profile_store_us_018", "a.b", "a..b"})
    void aProfileIdIsAName(String id) {
        assertThat(ProfileClaim.exclusive(id).profileId()).isEqualTo(id);
        assertThat(ProfileRule.defaultFor(id).withMaxActive(1).profileId()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", ".", "..", "../etc", "a/b", "a\\b", "/a", "C:a", "-a", "_a", "a b", "ä", "a\n", "a\u0000"
            })
    void aProfileIdIsNeverAPath(String id) {
        refused(
                "is a name, never a path: it must match [A-Za-z0-9][A-Za-z0-9._-]{0,127}",
                () -> ProfileClaim.shared(id));
        refused("is a name, never a path", () -> ProfileRule.defaultFor(id));
    }

    @Test
    void aProfileIdHasAtMost128Characters() {
        assertThat(ProfileClaim.exclusive("a".repeat(128)).profileId()).hasSize(128);
        refused("profile id 'aaa", () -> ProfileClaim.exclusive("a".repeat(129)));
    }

    @Test
    void aRefusalNeverPrintsControlCharacters() {
        assertThatThrownBy(() -> ProfileClaim.exclusive("a\u001b[31m\n"))
                .message()
                .doesNotContain("\u001b", "\n")
                .contains("a\\?[31m\\?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\u0085", "\u009b31m", "\u2028", "\u2029"})
    void noMessageThatRefusesALineBreakContainsIt(String control) {
        assertThatThrownBy(() -> TaskManifest.builder("task" + control + "FAKE LINE"))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain(control.substring(0, 1))
                .contains("task\\?");
    }

    @Test
    void aRequestIsChangedAsACopyAndComparedByAllThatItAsksFor() {
        SlotRequest request = SlotRequest.builder("a", OperationType.AGENT)
                .profile(ProfileClaim.exclusive("shop").refuseOnConflict())
                .label("team", "blue")
                .build();
        SlotRequest patient = request.toBuilder()
                .profile(request.profile().orElseThrow().waitOnConflict())
                .label("shift", "late")
                .build();

        assertThat(request.toBuilder().build()).isEqualTo(request).hasSameHashCodeAs(request);
        assertThat(patient).isNotEqualTo(request);
        assertThat(patient.profile()).contains(ProfileClaim.exclusive("shop"));
        assertThat(patient.labels()).containsOnlyKeys("team", "shift");
        assertThat(request.labels()).containsOnlyKeys("team");
    }

    @Test
    void aClaimIsExclusiveOrSharedAndWaitsUnlessToldOtherwise() {
        ProfileClaim exclusive = ProfileClaim.exclusive("shop");
        ProfileClaim refusing = ProfileClaim.shared("shop").refuseOnConflict();

        assertThat(exclusive.isExclusive()).isTrue();
        assertThat(exclusive.onConflict()).isEqualTo(ProfileClaim.OnConflict.WAIT);
        assertThat(refusing.isExclusive()).isFalse();
        assertThat(refusing.onConflict()).isEqualTo(ProfileClaim.OnConflict.REFUSE);
    }

    @Test
    void aRuleNeedsRoomForOne() {
        refused(
                "maxActive of profile shop is 0, it must be at least 1",
                () -> ProfileRule.defaultFor("shop").withMaxActive(0));
        assertThat(ProfileRule.defaultFor("shop").withMaxActive(3))
                .isEqualTo(ProfileRule.defaultFor("shop").withMaxActive(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "Nightly", "1a", "_a", "a-b", "a b", "a\n", "abcdefghijklmnopqrstuvwxyz1234567"})
    void anOperationTypeIsLowerCase(String name) {
        refused("operation type '" + name + "' must match [a-z][a-z0-9_]{0,31}", () -> new OperationType(name));
    }

    @Test
    void thereAreNineStandardOperationTypes() {
        assertThat(OperationType.standard())
                .extracting(OperationType::name)
                .containsExactly(
                        "test_run",
                        "exploration",
                        "agent",
                        "prd",
                        "autopilot",
                        "coverage",
                        "browser_auth",
                        "security",
                        "autonomous");
        assertThat(new OperationType("nightly_crawl")).hasToString("nightly_crawl");
    }

    @Test
    void aRequestRefusesBadValuesWhereTheyAreSet() {
        SlotRequest.Builder request = SlotRequest.builder(OperationType.AGENT);

        refused("requestId is blank", () -> SlotRequest.of(" ", OperationType.AGENT));
        refused(
                "requestId has 201 characters, at most 200",
                () -> SlotRequest.of("a".repeat(201), OperationType.AGENT));
        refused("contains a control character", () -> SlotRequest.of("a\u0007b", OperationType.AGENT));
        refused("timeout is PT-1S, it must be zero or more", () -> request.timeout(NEGATIVE));
        refused("timeout is", () -> request.timeout(TOO_LONG));
        refused("maxDuration is PT0S, it must be more than zero", () -> request.maxDuration(Duration.ZERO));
        refused("taskId is blank", () -> request.taskId(""));
        refused("workerId is blank", () -> request.workerId(""));
        refused("accountId is blank", () -> request.accountId(""));
        refused("proxyId is blank", () -> request.proxyId(""));
        refused("parentRequestId is blank", () -> request.under(""));
        refused("label key is blank", () -> request.label("", "value"));
        refused("label team 'a", () -> request.label("team", "a\nb"));
        refused("description has 201 characters", () -> request.description("a".repeat(201)));
    }

    @Test
    void aChildClaimsNoProfile() {
        SlotRequest.Builder child = SlotRequest.builder("child", OperationType.AGENT)
                .under("parent")
                .profile(ProfileClaim.exclusive("shop"));

        refused("request child runs under parent and claims profile shop; a child works on its parent's", child::build);
    }

    @Test
    void aRequestKeepsWhatItWasGiven() {
        SlotRequest.Builder builder = SlotRequest.builder("a", OperationType.AGENT)
                .description("d")
                .timeout(Duration.ofSeconds(1))
                .maxDuration(Duration.ofSeconds(2))
                .taskId("t")
                .workerId("w")
                .accountId("c")
                .proxyId("p")
                .label("k2", "v2")
                .label("k1", "v1");
        SlotRequest request = builder.build();
        builder.label("later", "value").description("changed");

        assertThat(request.description()).contains("d");
        assertThat(request.timeout()).contains(Duration.ofSeconds(1));
        assertThat(request.maxDuration()).contains(Duration.ofSeconds(2));
        assertThat(request.taskId()).contains("t");
        assertThat(request.workerId()).contains("w");
        assertThat(request.accountId()).contains("c");
        assertThat(request.proxyId()).contains("p");
        assertThat(request.labels().keySet()).containsExactly("k2", "k1");
        assertThat(request.profile()).isEmpty();
        assertThat(request.parentRequestId()).isEmpty();
        assertThatThrownBy(() -> request.labels().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void generatedIdsAreUniqueAndNameTheType() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            ids.add(SlotRequest.of(OperationType.PRD).requestId());
        }

        assertThat(ids).hasSize(1_000).allMatch(id -> id.startsWith("prd-"));
    }

    @Test
    void settingsRefuseBadValuesWhereTheyAreSet() {
        PoolConfig.Builder config = PoolConfig.builder();

        refused("name is blank", () -> config.name(" "));
        refused("maxBrowsers is 0, it must be at least 1", () -> PoolConfig.ofSlots(0));
        refused("timeout is PT-1S, it must be zero or more", () -> config.timeout(NEGATIVE));
        refused("maxDuration is PT0S, it must be more than zero", () -> config.maxDuration(Duration.ZERO));
        refused("maxQueued is -1, it must be at least 0", () -> config.maxQueued(-1));
        refused("maxQueuedPerProfile is -1, it must be at least 0", () -> config.maxQueuedPerProfile(-1));
        refused("stopGrace is PT-1S", () -> config.stopGrace(NEGATIVE));
        refused("closeGrace is PT-1S", () -> config.closeGrace(NEGATIVE));
        refused("pollInterval is PT0S", () -> config.pollInterval(Duration.ZERO));
        refused("historySize is -1", () -> config.historySize(-1));
        refused("historyRetention is PT0S", () -> config.historyRetention(Duration.ZERO));
        refused("timeout is", () -> config.timeout(TOO_LONG));
    }

    @Test
    void theDefaultsAreThoseOfTheContract() {
        PoolConfig config = PoolConfig.builder().build();

        assertThat(config.name()).isEqualTo("default");
        assertThat(config.maxBrowsers()).isEqualTo(5);
        assertThat(config.timeout()).isEqualTo(Duration.ofHours(1));
        assertThat(config.maxDuration()).isEqualTo(Duration.ofHours(1));
        assertThat(config.maxQueued()).isEqualTo(1_000);
        assertThat(config.maxQueuedPerProfile()).isEqualTo(100);
        assertThat(config.stopGrace()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.closeGrace()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.pollInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.historySize()).isEqualTo(10_000);
        assertThat(config.historyRetention()).isEqualTo(Duration.ofHours(24));
        assertThat(config.leakStacks()).isEqualTo(LeakStacks.SAMPLED);
    }

    @Test
    void settingsDoNotChangeAfterwards() {
        PoolConfig.Builder builder = PoolConfig.builder().maxBrowsers(2);
        PoolConfig config = builder.build();
        builder.maxBrowsers(9);
        PoolConfig other =
                config.toBuilder().maxQueued(7).leakStacks(LeakStacks.ALWAYS).build();

        assertThat(config.maxBrowsers()).isEqualTo(2);
        assertThat(other.maxBrowsers()).isEqualTo(2);
        assertThat(other.maxQueued()).isEqualTo(7);
        assertThat(other.leakStacks()).isEqualTo(LeakStacks.ALWAYS);
        assertThat(config.maxQueued()).isEqualTo(1_000);
    }

    @Test
    void everyStateButThoseInLineAndAtWorkIsFinal() {
        assertThat(SlotState.values())
                .filteredOn(state -> !state.isFinal())
                .containsExactly(SlotState.WAITING, SlotState.RUNNING, SlotState.STOPPING);
    }
}
