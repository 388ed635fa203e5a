package dev.browserpool.examples.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.BrowserPool;
import dev.browserpool.ConflictPolicy;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileStatus;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.examples.scheduler.AccountScheduler;
import dev.browserpool.examples.scheduler.ReviewDesk;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.BrowserSessions;
import java.io.BufferedReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleTest {
    private final BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(2));
    private final ReviewDesk desk = new AccountScheduler(
                    pool,
                    BrowserSessions.builder(pool).build(),
                    1,
                    ConflictPolicy.standard(),
                    request -> Optional.empty())
            .desk();
    private final List<String> settled = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private final Console console = new Console(new Office(
            pool.profiles(), new LinkedHashSet<>(List.of("profile_a", "profile_b")), desk, settled::add, said::add));

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Test
    void aProfileIsQuarantinedListedAndCleared() {
        type("quarantine profile_a looks very odd", "profiles", "clear profile_a rita all is well", "profiles");

        assertThat(said)
                .containsExactly(
                        "profile_a is in quarantine now",
                        "profile_a quarantined: looks very odd",
                        "profile_b free",
                        "profile_a is cleared",
                        "profile_a free",
                        "profile_b free");
        assertThat(settled).containsExactly("profile_a");
    }

    @Test
    void theHistoryNamesWhoDidWhat() {
        type("quarantine profile_a odd", "clear profile_a rita all is well", "history profile_a");

        assertThat(said.subList(2, 4))
                .satisfiesExactly(
                        line -> assertThat(line).matches("\\d\\d:\\d\\d:\\d\\d quarantined by console: odd"),
                        line -> assertThat(line).matches("\\d\\d:\\d\\d:\\d\\d cleared by rita: all is well"));
    }

    @Test
    void anOwnerIsShown() throws InterruptedException {
        try (SlotLease lease = pool.acquire(SlotRequest.builder("r1", OperationType.AGENT)
                .profile(ProfileClaim.exclusive("profile_b"))
                .taskId("task_9")
                .workerId("worker-3")
                .build())) {
            type("profiles");

            assertThat(said).containsExactly("profile_a free", "profile_b running: task_9 on worker-3");
            assertThat(lease.isValid()).isTrue();
        }
    }

    @Test
    void aSecondQuarantineSaysThatTheFirstStays() {
        type("quarantine profile_a one", "quarantine profile_a two");

        assertThat(said.get(1)).isEqualTo("profile_a was in quarantine already; the first reason stays");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clear | Missing required parameters: 'PROFILE', 'WHO', 'NOTE'; usage: clear PROFILE WHO NOTE...",
                "clear profile_a rita | Missing required parameter: 'NOTE'; usage: clear PROFILE WHO NOTE...",
                "history | Missing required parameter: 'PROFILE'; usage: history PROFILE",
                "history profile_a b | Unmatched argument at index 2: 'b'; usage: history PROFILE",
                "clear profile_a rita fine | there is nothing to clear on profile_a",
                "clear profile_x rita fine | no profile 'profile_x'; known are [profile_a, profile_b]",
                "quarantine ../etc odd | no profile '../etc'; known are [profile_a, profile_b]",
                "retry task_1 | no task 'task_1' waits for a decision; see: tasks",
                "skip task_1 why not | no task 'task_1' waits for a decision; see: tasks",
                "tasks | no task waits for a decision",
                "claer profile_a | no command 'claer'; type help",
                "--help | no command '--help'; type help"
            })
    void badInputIsAnsweredInOneLine(String line, String answer) {
        type(line);

        assertThat(said).containsExactly(answer);
        assertThat(pool.profiles().view("profile_a").status()).isEmpty();
    }

    @Test
    void whatThePoolRefusesIsSaidInItsWords() {
        type("quarantine profile_a " + "x".repeat(300));

        assertThat(said).singleElement().asString().contains("300 characters").doesNotContain("\n");
        assertThat(pool.profiles().view("profile_a").status()).isNotEqualTo(Optional.of(ProfileStatus.QUARANTINED));
    }

    @Test
    void helpNamesEveryCommand() {
        type("help", "", "   ");

        assertThat(said)
                .contains(
                        "  clear PROFILE WHO NOTE...  You have looked at a profile, and it is sound: its tasks go on.")
                .map(line -> line.strip().split(" ", 2)[0])
                .containsExactlyInAnyOrder(
                        "help", "profiles", "history", "quarantine", "clear", "tasks", "retry", "skip");
    }

    @Test
    void onATerminalItIsNotColouredEither() {
        System.setProperty("picocli.ansi", "true");
        try {
            type("help", "clear");
        } finally {
            System.clearProperty("picocli.ansi");
        }

        assertThat(said).isNotEmpty().noneMatch(line -> line.contains("\u001b"));
    }

    private void type(String... lines) {
        console.readAll(new BufferedReader(new StringReader(String.join("\n", lines))));
    }
}
