package dev.browserpool.examples.dashboard;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Evidence for reading. All of it came from pages that anybody may have made, so nothing is ever served as something that a browser
 * would run: the saved document is text here, and what is neither text nor a picture is a download.
 */
final class EvidenceRoutes {
    private static final Map<String, String> TYPES = Map.of(
            "png", "image/png",
            "txt", "text/plain; charset=utf-8",
            "html", "text/plain; charset=utf-8",
            "json", "application/json");

    private static final String MANIFEST = "manifest.json";
    private static final long LONGEST_MANIFEST = 5_000_000;

    private final Optional<EvidenceShelf> shelf;

    /**
     * What one session has left.
     *
     * @param manifest as the session wrote it: whose it was, how it ended, what was saved
     */
    record Contents(@JsonRawValue String manifest, List<Entry> files) {}

    /** One file of it. */
    record Entry(String name, long bytes, String url) {}

    EvidenceRoutes(Optional<EvidenceShelf> shelf) {
        this.shelf = shelf;
    }

    void contents(Context context) throws IOException {
        String group = context.pathParam("group");
        String run = context.pathParam("run");
        List<Path> files = shelf.flatMap(it -> it.files(group, run)).orElseThrow(EvidenceRoutes::unknown);
        String url = EvidenceShelf.URL + group + "/" + run + "/";
        List<Entry> entries = new ArrayList<>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            entries.add(new Entry(name, Files.size(file), url + name));
        }
        Optional<Path> manifest = shelf.flatMap(it -> it.file(group, run, MANIFEST));
        context.contentType("application/json").result(Wire.write(new Contents(read(manifest), entries)));
    }

    private static String read(Optional<Path> manifest) throws IOException {
        if (manifest.isEmpty() || Files.size(manifest.get()) > LONGEST_MANIFEST) {
            return "{}";
        }
        String json = Files.readString(manifest.get());
        return Wire.isObject(json) ? json : "{}";
    }

    void file(Context context) throws IOException {
        Path file = shelf.flatMap(
                        it -> it.file(context.pathParam("group"), context.pathParam("run"), context.pathParam("file")))
                .orElseThrow(EvidenceRoutes::unknown);
        String name = file.getFileName().toString();
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        context.header("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'");
        context.header("Content-Disposition", (type == null ? "attachment" : "inline") + "; filename=\"" + name + "\"");
        context.contentType(type == null ? "application/octet-stream" : type);
        context.header("Content-Length", String.valueOf(Files.size(file)));
        context.result(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS));
    }

    private static NotFoundException unknown() {
        return new NotFoundException("there is no such evidence; the oldest is deleted when there is too much");
    }
}
