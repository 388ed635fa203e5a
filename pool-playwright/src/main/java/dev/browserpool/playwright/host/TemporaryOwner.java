package dev.browserpool.playwright.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which JVM a temporary directory belongs to, written into it: a process id alone may be given to others, and means nothing in another
 * container.
 *
 * @param pid its process id
 * @param startTicks when it was started
 * @param namespace where its id counts
 */
public record TemporaryOwner(long pid, String startTicks, String namespace) {
    private static final String FILE = ".owner";

    static void sign(Path directory) throws IOException {
        ProcessHandle me = ProcessHandle.current();
        Files.writeString(
                directory.resolve(FILE),
                me.pid() + " " + Processes.startTicks(me).orElse("-") + " "
                        + Processes.namespace(me).orElse("-"));
    }

    /** Empty if nobody signed, or not in full. */
    public static Optional<TemporaryOwner> of(Path directory) throws IOException {
        try {
            String[] words = Files.readString(directory.resolve(FILE)).split(" ", -1);
            return words.length == 3 && words[0].matches("\\d{1,18}")
                    ? Optional.of(new TemporaryOwner(Long.parseLong(words[0]), words[1], words[2]))
                    : Optional.empty();
        } catch (NoSuchFileException nobody) {
            return Optional.empty();
        }
    }

    /** Whether its process id counts here. */
    public boolean isOfThisNamespace() {
        return Processes.namespace(ProcessHandle.current())
                .filter(namespace::equals)
                .isPresent();
    }

    /** Whether that very process lives. */
    public boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(Processes::isAlive)
                .filter(process ->
                        Processes.startTicks(process).filter(startTicks::equals).isPresent())
                .isPresent();
    }
}
