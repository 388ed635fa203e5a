package dev.browserpool.examples;

import dev.browserpool.examples.tasks.Action;
import dev.browserpool.examples.tasks.Expectation;
import dev.browserpool.examples.tasks.Task;
import dev.browserpool.examples.tasks.TaskList;
import java.util.function.Predicate;

/** What a task list must not ask of workers that are JVMs of their own. */
final class ManyJvms {
    private ManyJvms() {}

    /** The list, if it can be done so. */
    static TaskList check(TaskList list) throws BadInputException {
        refuse(list, 0, it -> it.action() == Action.READ_CART, "what a cart should hold is known at the end only");
        refuse(list, 0, it -> it.expectation() == Expectation.REVIEW, "there is nobody who reviews");
        refuse(list, 1, it -> it.expectation() == Expectation.VANISH, "one worker is killed, not more");
        refuse(
                list,
                0,
                it -> it.expectation() == Expectation.VANISH && it.profileId().isEmpty(),
                "there would be no profile to recover");
        return list;
    }

    private static void refuse(TaskList list, long most, Predicate<Task> what, String why) throws BadInputException {
        var found = list.tasks().stream().filter(what).skip(most).findFirst();
        if (found.isPresent()) {
            throw new BadInputException("task '" + found.get().taskId() + "' can't be done with --redis: " + why);
        }
    }
}
