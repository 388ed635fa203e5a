package dev.browserpool.examples.people;

import dev.browserpool.ProfileView;
import dev.browserpool.examples.tasks.Task;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a person can type while tasks run, one command a line. Safe for one thread. */
@Command(name = "")
public final class Console {
    private static final int HISTORY = 20;

    private final Office office;
    private final CommandLine commands;

    /** A console for this office. */
    public Console(Office office) {
        this.office = office;
        // Without colours: the screen measures and cuts what it is given.
        this.commands = new CommandLine(this)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler((e, args) -> complain(e))
                .setExecutionExceptionHandler((e, command, parsed) -> say(String.valueOf(e.getMessage())));
    }

    /** Does what is typed, until there is no more; then nobody is there to review anything. */
    public void readAll(BufferedReader in) {
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                execute(line);
            }
        } catch (IOException e) {
            say("standard input can't be read any more: " + e.getMessage());
        }
        office.desk().close();
    }

    /** Does one command, and says what came of it. */
    public void execute(String line) {
        String stripped = line.strip();
        if (stripped.isEmpty()) {
            return;
        }
        int unused = commands.execute(stripped.split("\\s+"));
    }

    @Command(name = "help", description = "All commands.")
    void help() {
        commands.getSubcommands()
                .values()
                .forEach(command -> say(String.format(
                        Locale.ROOT,
                        "  %-26s %s",
                        synopsis(command),
                        command.getCommandSpec().usageMessage().description()[0])));
    }

    @Command(name = "profiles", description = "All profiles, and what is the matter with them.")
    void profiles() {
        office.known().forEach(id -> say(ProfileText.of(office.profiles().view(id))));
    }

    @Command(name = "history", description = "What happened to a profile, the newest last.")
    void history(@Parameters(paramLabel = "PROFILE") String profile) {
        if (isKnown(profile)) {
            ProfileText.of(office.profiles().history(profile, HISTORY)).forEach(this::say);
        }
    }

    @Command(name = "quarantine", description = "Keep everybody from a profile until it is cleared.")
    void quarantine(
            @Parameters(paramLabel = "PROFILE") String profile,
            @Parameters(paramLabel = "WHY", arity = "1..*") List<String> why) {
        if (isKnown(profile)) {
            boolean isNew = office.profiles().quarantine(profile, "console", String.join(" ", why));
            say(profile + (isNew ? " is in quarantine now" : " was in quarantine already; the first reason stays"));
        }
    }

    @Command(name = "clear", description = "You have looked at a profile, and it is sound: its tasks go on.")
    void clear(
            @Parameters(paramLabel = "PROFILE") String profile,
            @Parameters(paramLabel = "WHO") String who,
            @Parameters(paramLabel = "NOTE", arity = "1..*") List<String> note) {
        if (isKnown(profile)) {
            boolean cleared = office.clear(profile, who, String.join(" ", note));
            say(cleared ? profile + " is cleared" : "there is nothing to clear on " + profile);
        }
    }

    @Command(name = "tasks", description = "The tasks that wait for your decision.")
    void tasks() {
        List<Task> waiting = office.desk().waiting();
        if (waiting.isEmpty()) {
            say("no task waits for a decision");
        }
        for (Task task : waiting) {
            ProfileView view = office.profiles().view(task.profileId().orElseThrow());
            say(task.taskId() + " (" + task.manifest().description().orElse("") + ") wants " + ProfileText.of(view));
        }
    }

    @Command(name = "retry", description = "Let a task wait for its profile.")
    void retry(@Parameters(paramLabel = "TASK") String task) {
        answered(task, office.desk().retry(task), "goes back in line");
    }

    @Command(name = "skip", description = "Leave a task out.")
    void skip(
            @Parameters(paramLabel = "TASK") String task,
            @Parameters(paramLabel = "WHY", arity = "1..*") List<String> why) {
        answered(task, office.desk().skip(task, String.join(" ", why)), "is left out");
    }

    private void answered(String task, boolean done, String how) {
        say(done ? task + " " + how : "no task '" + task + "' waits for a decision; see: tasks");
    }

    private boolean isKnown(String profile) {
        boolean known = office.known().contains(profile);
        if (!known) {
            say("no profile '" + profile + "'; known are " + office.known());
        }
        return known;
    }

    private int complain(ParameterException e) {
        CommandLine command = e.getCommandLine();
        if (command.getParent() == null && e instanceof UnmatchedArgumentException unmatched) {
            return say("no command '" + unmatched.getUnmatched().get(0) + "'; type help");
        }
        return say(e.getMessage() + "; usage: " + synopsis(command));
    }

    private static String synopsis(CommandLine command) {
        return command.getHelp().synopsis(0).strip().replaceAll("\\s+", " ");
    }

    private int say(@Nullable String text) {
        office.screen().accept(String.valueOf(text));
        return 0;
    }
}
