package dev.browserpool.benchmarks.browsers;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.browserpool.benchmarks.report.Figures;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Pools for Node, which {@code benchmarks/peers/run} runs: the same jobs, from nothing, each in a process of its own. */
final class Peers {
    private final Path packages;
    private final Set<String> titles = new LinkedHashSet<>();

    /** The packages stay in that directory for the next round. */
    Peers(Path packages) {
        this.packages = packages;
    }

    /** One round of all of them. One that fails is left out, and said. */
    void measure(Figures round, int slots, int jobs, Path executable, String url)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        "benchmarks/peers/run",
                        "--chromium",
                        executable.toString(),
                        "--url",
                        url,
                        "--jobs",
                        Integer.toString(jobs),
                        "--slots",
                        Integer.toString(slots)))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("PEERS_DIRECTORY", packages.toString());
        Process process = builder.start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            out.lines().forEach(lines::add);
        }
        int exit = process.waitFor();
        for (String line : lines) {
            add(round, JsonParser.parseString(line).getAsJsonObject());
        }
        if (exit != 0) {
            throw new IOException("benchmarks/peers/run ended with " + exit + ": node 20 or newer and npm are needed");
        }
    }

    private void add(Figures round, JsonObject line) {
        String title = line.get("peer").getAsString();
        titles.add(title);
        round.add(BrowserReport.jobs(title), line.get("jobsPerSecond").getAsDouble());
        round.add(BrowserReport.usable(title), line.get("medianMsToPage").getAsDouble());
        round.add(BrowserReport.memory(title), line.get("peakMb").getAsDouble());
        round.add(BrowserReport.left(title), line.get("leftProcesses").getAsDouble());
        round.add(
                "entries left in the temporary directory: " + title,
                line.get("leftDirectories").getAsDouble());
    }

    /** Those that were measured. */
    List<String> titles() {
        return List.copyOf(titles);
    }
}
