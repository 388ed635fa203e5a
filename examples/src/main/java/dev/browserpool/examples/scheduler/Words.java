package dev.browserpool.examples.scheduler;

import dev.browserpool.ProfileBlock;
import dev.browserpool.ProfileConflictException;
import dev.browserpool.ProfileLock;

/** Exceptions in a few words. */
final class Words {
    private static final int LONGEST_NOTE = 200;

    private Words() {}

    static String holder(ProfileConflictException conflict) {
        return conflict.current()
                .map(ProfileLock::owner)
                .map(owner -> "in use (" + owner.taskId().orElse(owner.requestId())
                        + owner.workerId().map(worker -> " on " + worker).orElse("") + ")")
                .or(() -> conflict.block().map(ProfileBlock::describe))
                .orElse("waited for by others");
    }

    /** As the records of a profile take it. */
    static String note(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() > LONGEST_NOTE ? line.substring(0, LONGEST_NOTE) : line;
    }

    /** The first line that says something: Playwright's messages begin with "Error {". */
    static String oneLine(Exception e) {
        String message = e.getMessage() == null ? "" : e.getMessage();
        return message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.equals("Error {"))
                .findFirst()
                .orElse(e.getClass().getSimpleName());
    }
}
