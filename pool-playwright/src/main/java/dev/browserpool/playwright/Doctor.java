package dev.browserpool.playwright;

import dev.browserpool.playwright.redaction.Redactor;
import dev.browserpool.playwright.survey.Finding;
import dev.browserpool.playwright.survey.HostSurvey;
import dev.browserpool.playwright.survey.PoolSurvey;
import dev.browserpool.playwright.survey.ProfileSurvey;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A program that lists what sessions have, or have left, on this host, and cleans what is proven to be dead:
 *
 * <pre>doctor [--profiles DIRECTORY]… [--redis URL] [--reap]</pre>
 *
 * <p>Ends with 0 if nothing dead is left, 1 if there is, 2 if it could not be asked like that.
 */
public final class Doctor {
    private static final String USAGE = """
            doctor [--profiles DIRECTORY]... [--redis URL] [--reap]

              --profiles DIRECTORY  look at the profiles in it as well
              --redis URL           show what the pool there believes; joins it for a moment
              --reap                end browsers and drivers whose JVM is gone, delete their temporary
                                    directories, remove locks that were left; nothing else
            """;

    private final PrintStream out;
    private final List<Path> profiles = new ArrayList<>();
    private Optional<String> url = Optional.empty();
    private boolean reap;

    private Doctor(PrintStream out) {
        this.out = out;
    }

    /** Runs it and ends this JVM with its verdict. */
    public static void main(String[] arguments) {
        System.exit(run(System.out, arguments));
    }

    /** Its verdict as an exit code. */
    static int run(PrintStream out, String... arguments) {
        Doctor doctor = new Doctor(out);
        try {
            return doctor.understand(List.of(arguments)) ? doctor.examine() : 0;
        } catch (IllegalArgumentException refused) {
            out.println("doctor: " + refused.getMessage());
            out.println();
            out.print(USAGE);
            return 2;
        } catch (IOException | RuntimeException | LinkageError unreadable) {
            out.println("doctor: " + Redactor.text(unreadable.toString()));
            return 2;
        }
    }

    private boolean understand(List<String> arguments) {
        List<String> left = new ArrayList<>(arguments);
        while (!left.isEmpty()) {
            String option = left.remove(0);
            switch (option) {
                case "--profiles" -> profiles.add(directory(value(option, left)));
                case "--redis" -> url = Optional.of(value(option, left));
                case "--reap" -> reap = true;
                case "--help", "-h" -> {
                    out.print(USAGE);
                    return false;
                }
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        return true;
    }

    private static String value(String option, List<String> left) {
        if (left.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return left.remove(0);
    }

    private static Path directory(String name) {
        Path path = Path.of(name);
        if (!Files.isDirectory(path)) {
            throw new IllegalArgumentException(name + " is not a directory");
        }
        return path;
    }

    private int examine() throws IOException {
        List<Finding> all = new ArrayList<>(HostSurvey.all().toList());
        for (Path root : profiles) {
            all.addAll(ProfileSurvey.of(root));
        }
        int dead = 0;
        for (Finding finding : all) {
            out.println(line(finding));
            if (finding.isDead() && !(reap && cure(finding))) {
                dead++;
            }
        }
        if (all.isEmpty()) {
            out.println("nothing of browser-pool on this host");
        }
        if (dead > 0 && !reap) {
            out.println(dead + " dead; --reap cleans " + (dead == 1 ? "it" : "them"));
        }
        url.ifPresent(store -> PoolSurvey.of(store).forEach(line -> out.println("pool       " + line)));
        return dead > 0 ? 1 : 0;
    }

    private static String line(Finding finding) {
        return "%-10s %-8s %s (%s)"
                .formatted(word(finding.kind()), word(finding.state()), finding.name(), finding.why());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private boolean cure(Finding finding) {
        try {
            finding.cure().orElseThrow().apply();
            out.println("           cleaned");
            return true;
        } catch (IOException | RuntimeException e) {
            out.println("           could not be cleaned: " + e);
            return false;
        }
    }
}
