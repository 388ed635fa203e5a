package dev.browserpool.benchmarks.report;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one command has measured, as a section of the documentation and as a file for programs.
 *
 * @param name of the command, {@code benchmarks/run NAME}, and of the files
 * @param command what to type to measure it again
 * @param about the circumstances, as a sentence of Markdown
 * @param tables what was measured
 */
public record Section(String name, String command, String about, List<Table> tables) {
    /** For a terminal. */
    public String console() {
        return tables.stream().map(Table::ascii).collect(Collectors.joining("\n\n"));
    }

    /** Writes {@code NAME.json} and {@code NAME.md} into a directory, and the latter into a file's section if there is one. */
    public void write(Path directory, Map<String, Object> facts, Optional<Path> docs) throws IOException {
        Files.createDirectories(directory);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("command", command);
        json.putAll(facts);
        Files.writeString(
                directory.resolve(name + ".json"),
                new GsonBuilder().setPrettyPrinting().create().toJson(json) + "\n");
        Files.writeString(directory.resolve(name + ".md"), markdown());
        if (docs.isPresent()) {
            replaceIn(docs.get());
        }
    }

    private void replaceIn(Path file) throws IOException {
        String text = Files.readString(file);
        int from = text.indexOf(begin());
        int to = text.indexOf(end());
        if (from < 0 || to < from) {
            throw new IOException(file + " has no section between '" + begin() + "' and '" + end() + "'");
        }
        Files.writeString(
                file,
                text.substring(0, from)
                        + markdown()
                        + text.substring(to + end().length()).replaceFirst("^\n", ""));
    }

    private String markdown() {
        return begin() + "\n\n" + about + "\n\n"
                + tables.stream().map(Table::markdown).collect(Collectors.joining("\n\n"))
                + "\n\n" + end() + "\n";
    }

    private String begin() {
        return "<!-- written by benchmarks/run " + name + " -->";
    }

    private String end() {
        return "<!-- end of what benchmarks/run " + name + " has written -->";
    }
}
