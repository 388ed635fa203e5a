package dev.browserpool.benchmarks.report;

/**
 * Words between tables and plots.
 *
 * @param words Markdown
 */
public record Text(String words) implements Block {
    /** A heading of the page's second level. */
    public static Text heading(String words) {
        return new Text("## " + words);
    }

    @Override
    public String markdown(String pictures) {
        return words;
    }

    @Override
    public String console() {
        return words.startsWith("## ") ? words.substring(3) : "";
    }
}
