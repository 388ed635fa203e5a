package dev.browserpool.playwright;

/** Makes names for files and switches of what people chose freely. */
final class FileNames {
    private static final int LONGEST = 80;

    private FileNames() {}

    /** Only letters, digits, dot, underscore and minus, not starting with a dot, at most 80 characters; never empty. */
    static String of(String text) {
        String safe = text.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^\\.+", "_");
        return safe.isEmpty() ? "_" : safe.substring(0, Math.min(LONGEST, safe.length()));
    }
}
