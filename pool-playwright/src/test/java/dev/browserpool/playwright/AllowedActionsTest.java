package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.browserpool.ActionNotAllowedException;
import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotRequest;
import dev.browserpool.TaskManifest;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("browser")
@ExtendWith(NothingLeft.class)
class AllowedActionsTest {

    @Test
    void aSessionDoesWhatItsTaskAllowsAndNothingElse() throws InterruptedException {
        TaskManifest task = TaskManifest.builder("task_101")
                .allowedActions(Set.of("inspect_login"))
                .build();
        try (BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
                BrowserSessions browsers = BrowserSessions.builder(pool).build();
                BrowserSession session = browsers.open(SlotRequest.from(task))) {
            session.requireAction("inspect_login");
            ActionNotAllowedException refused =
                    catchThrowableOfType(ActionNotAllowedException.class, () -> session.requireAction("place_order"));

            assertThat(refused.action()).isEqualTo("place_order");
            assertThat(refused.allowed()).containsExactly("inspect_login");
            session.complete();
        }
    }
}
