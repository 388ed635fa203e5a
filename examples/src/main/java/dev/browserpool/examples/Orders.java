package dev.browserpool.examples;

import dev.browserpool.examples.shop.ShopAccess;
import dev.browserpool.examples.tasks.TaskFile;
import dev.browserpool.examples.tasks.TaskFileException;
import dev.browserpool.examples.tasks.TaskList;
import java.nio.file.Path;

/**
 * What a worker's JVM is told at its start. Never on a command line, where everybody could read the passwords.
 *
 * @param worker its name
 * @param redis where the store is
 * @param slots how many browsers all JVMs may have together
 * @param headed whether the browsers are shown
 * @param tasks the task file; empty text for the list that the examples bring along
 * @param profiles where the profiles are
 * @param evidence where failures leave their evidence
 * @param log the structured log of this worker, a file
 * @param shop how to get into the shop
 */
record Orders(
        String worker,
        String redis,
        int slots,
        boolean headed,
        String tasks,
        String profiles,
        String evidence,
        String log,
        ShopAccess shop) {

    Settings.Paths paths() {
        return new Settings.Paths(Path.of(evidence), Path.of(profiles), Path.of(log));
    }

    TaskList list() throws TaskFileException {
        return tasks.isEmpty() ? TaskFile.builtInForManyJvms() : TaskFile.read(Path.of(tasks));
    }
}
