package dev.browserpool.playwright;

import static org.awaitility.Awaitility.await;

import com.google.gson.JsonParser;
import dev.browserpool.playwright.directory.Probe;
import dev.browserpool.playwright.host.Directories;
import dev.browserpool.playwright.host.Processes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A browser that somebody started by hand. */
record OutsideBrowser(Process process, Path directory) implements AutoCloseable {
    static OutsideBrowser start(Path executable, Path directory, String... more) throws IOException {
        Directories.create(directory);
        List<String> command = new ArrayList<>(List.of(
                executable.toString(),
                "--headless",
                "--no-sandbox",
                "--no-first-run",
                "--disable-gpu",
                "--remote-debugging-port=0",
                "--user-data-dir=" + directory));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .put("TMPDIR", Directories.create(directory.resolveSibling("t")).toString());
        Process process = builder.start();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Probe.storageHolder(directory).orElse(0) == process.pid()
                        && Files.exists(directory.resolve("DevToolsActivePort")));
        return new OutsideBrowser(process, directory);
    }

    long pid() {
        return process.pid();
    }

    /** How many tabs it says that it has. */
    int tabs() throws IOException, InterruptedException {
        String port =
                Files.readAllLines(directory.resolve("DevToolsActivePort")).get(0);
        HttpRequest list = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                .timeout(Duration.ofSeconds(10))
                .build();
        String answer = HttpClient.newHttpClient()
                .send(list, HttpResponse.BodyHandlers.ofString())
                .body();
        return JsonParser.parseString(answer).getAsJsonArray().size();
    }

    @Override
    public void close() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        await().until(() -> all.stream().noneMatch(Processes::isAlive));
    }
}
