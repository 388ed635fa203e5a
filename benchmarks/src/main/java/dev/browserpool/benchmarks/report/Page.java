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
 * What one command has measured: a page with its pictures, and a file for programs.
 *
 * @param name of the files
 * @param title of the page
 * @param conditions under which it was measured
 * @param blocks what was measured
 * @param facts the same for programs, as Gson writes it
 */
public record Page(String name, String title, Conditions conditions, List<Block> blocks, Map<String, Object> facts) {
    /** For a terminal. */
    public String console() {
        return blocks.stream()
                .map(Block::console)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n\n"));
    }

    /** Writes {@code NAME.md}, {@code NAME.json} and the pictures into a directory, which is made if there is none. */
    public void write(Path directory) throws IOException {
        writePicturesAndJson(directory);
        Files.writeString(directory.resolve(name + ".md"), "# " + title + "\n\n" + body("") + "\n");
    }

    /**
     * Writes pictures and JSON into a directory, and the rest between two marks of a page that has other words around them.
     *
     * @throws IOException also if the file has no such marks, which {@link #begin(String)} and {@link #end(String)} show
     */
    public void write(Path directory, Path into) throws IOException {
        writePicturesAndJson(directory);
        String text = Files.readString(into);
        int from = text.indexOf(begin(name));
        int to = text.indexOf(end(name));
        if (from < 0 || to < from) {
            throw new IOException(into + " has no place between '" + begin(name) + "' and '" + end(name) + "'");
        }
        String pictures = Optional.ofNullable(into.toAbsolutePath().getParent())
                        .orElseThrow()
                        .relativize(directory.toAbsolutePath())
                + "/";
        Files.writeString(
                into, text.substring(0, from) + begin(name) + "\n\n" + body(pictures) + "\n\n" + text.substring(to));
    }

    /** The mark before what is written into another page. */
    public static String begin(String name) {
        return "<!-- written by benchmarks/run " + name + " -->";
    }

    /** The mark behind it. */
    public static String end(String name) {
        return "<!-- end of what benchmarks/run " + name + " has written -->";
    }

    private void writePicturesAndJson(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (Block block : blocks) {
            for (Plot plot : block.plots()) {
                plot.write(directory);
            }
        }
        Map<String, Object> json = new LinkedHashMap<>(conditions.facts());
        json.putAll(facts);
        Files.writeString(
                directory.resolve(name + ".json"),
                new GsonBuilder().setPrettyPrinting().create().toJson(json) + "\n");
    }

    private String body(String pictures) {
        return conditions.markdown() + "\n\n"
                + blocks.stream().map(block -> block.markdown(pictures)).collect(Collectors.joining("\n\n"));
    }
}
