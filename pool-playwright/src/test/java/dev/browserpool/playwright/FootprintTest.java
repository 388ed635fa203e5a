package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.browserpool.playwright.Workers.Worker;
import dev.browserpool.playwright.directory.DirectoryHeldException;
import dev.browserpool.playwright.directory.GuardRecord;
import dev.browserpool.playwright.directory.ProfileGuard;
import dev.browserpool.playwright.host.SessionProcesses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NothingLeft.class)
class FootprintTest {
    @TempDir
    Path directory;

    /** A store or a hook that heeds no interrupt: it still writes there when nobody waits for it any more. */
    @Test
    void anOpeningThatIsGivenUpKeepsDirectoryAndFilesUntilItsThreadIsOut() throws Exception {
        Path shop = directory.toRealPath();
        Footprint footprint = new Footprint(
                "slow", new SessionProcesses("slow-" + ProcessHandle.current().pid()));
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Worker<Path> opening = Workers.start("opening", footprint.filledBy(() -> {
            footprint.guardedBy(ProfileGuard.take(shop, owner(5, "slow")));
            Path temporary = footprint.temporary();
            inside.countDown();
            goOn.await();
            Files.writeString(shop.resolve("Local State"), "late");
            return temporary;
        }));
        inside.await();

        assertThat(footprint.erase(Duration.ZERO)).isTrue();

        assertThat(footprint.temporary()).isDirectory();
        assertThatThrownBy(() -> ProfileGuard.take(shop, owner(6, "next"))).isInstanceOf(DirectoryHeldException.class);
        goOn.countDown();
        assertThat(opening.result()).doesNotExist();
        ProfileGuard.take(shop, owner(6, "next")).release(true);
    }

    private static GuardRecord owner(long token, String request) {
        return new GuardRecord(token, request, "here", ProcessHandle.current().pid(), false);
    }
}
