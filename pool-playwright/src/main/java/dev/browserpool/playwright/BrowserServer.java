package dev.browserpool.playwright;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.browserpool.playwright.host.Deadline;
import dev.browserpool.playwright.host.Threads;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The node process in which Playwright's server runs a browser for several drivers. It is told what to do by its input, and ends with it:
 * also when this JVM is killed. Any thread.
 */
final class BrowserServer {
    private static final String SCRIPT = "shared-browser.cjs";

    private final Process process;
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private final Map<Integer, CompletableFuture<Set<String>>> questions = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();

    private BrowserServer(Process process) {
        this.process = process;
    }

    /**
     * Starts the process, but no browser yet.
     *
     * @param command of a driver, whose node and Playwright it takes
     * @param temporary its directory for temporary files
     */
    static BrowserServer start(List<String> command, Path temporary) throws IOException {
        Path packaged = Optional.ofNullable(
                        command.size() > 1 ? Path.of(command.get(1)).getParent() : null)
                .orElseThrow(() -> new IOException("a driver does not say where Playwright is: " + command));
        ProcessBuilder builder = new ProcessBuilder(command.get(0), "-e", script(), packaged.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        Launch.TEMPORARY.forEach(name -> builder.environment().put(name, temporary.toString()));
        BrowserServer server = new BrowserServer(builder.start());
        Threads.daemon("shared-browser", server::listen).start();
        return server;
    }

    private static String script() throws IOException {
        try (InputStream in = BrowserServer.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IOException(SCRIPT + " is missing beside " + BrowserServer.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    /** Launches the browser; returns when drivers may connect. */
    void launch(JsonObject options, Duration atMost) throws IOException, InterruptedException, TimeoutException {
        say(options.toString());
        try {
            boolean unused = ready.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IOException(
                    e.getCause() == null ? e.toString() : e.getCause().getMessage(), e);
        }
    }

    /** Whether it says that its browser has no such context any more; false if it does not answer in time. */
    boolean isWithout(String context, Duration atMost) {
        Deadline deadline = Deadline.in(atMost);
        return deadline.await(
                () -> contexts(deadline).filter(them -> !them.contains(context)).isPresent());
    }

    private Optional<Set<String>> contexts(Deadline deadline) {
        int number = asked.incrementAndGet();
        CompletableFuture<Set<String>> answer = new CompletableFuture<>();
        questions.put(number, answer);
        try {
            say("contexts " + number);
            return deadline.await(answer::isDone) ? Optional.of(answer.join()) : Optional.empty();
        } catch (IOException | RuntimeException ended) {
            return Optional.empty();
        } finally {
            questions.remove(number);
        }
    }

    /** It closes its browser and ends. */
    void end() {
        try {
            process.getOutputStream().close();
        } catch (IOException gone) {
            // So is it.
        }
    }

    private void say(String line) throws IOException {
        OutputStream out = process.getOutputStream();
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void listen() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                heard(line.split(" ", -1), line);
            }
        } catch (IOException | RuntimeException e) {
            ready.completeExceptionally(e);
        } finally {
            ready.completeExceptionally(new IOException("the process of the shared browser ended"));
            questions.values().forEach(answer -> answer.cancel(false));
        }
    }

    private void heard(String[] words, String line) {
        switch (words[0]) {
            case "ready" -> ready.complete(true);
            case "failed" ->
                ready.completeExceptionally(new IOException(JsonParser.parseString(line.substring("failed ".length()))
                        .getAsString()));
            case "contexts" ->
                Optional.ofNullable(questions.get(Integer.parseInt(words[1])))
                        .ifPresent(answer -> answer.complete(Set.of(words[2].split(","))));
            default -> {} // a warning of node's
        }
    }
}
