package dev.browserpool.playwright.host;

import java.security.SecureRandom;

/** Makes names for files and switches of what people chose freely. */
public final class FileNames {
    private static final int LONGEST = 80;
    private static final SecureRandom RANDOM = new SecureRandom();

    private FileNames() {}

    /** Only letters, digits, dot, underscore and minus, not starting with a dot, at most 80 characters; never empty. */
    public static String of(String text) {
        String safe = text.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^\\.+", "_");
        return safe.isEmpty() ? "_" : safe.substring(0, Math.min(LONGEST, safe.length()));
    }

    /** With six letters and digits behind it, left to chance, so that no two of one name are alike. */
    public static String unique(String name) {
        return name + "-" + Integer.toString(RANDOM.nextInt(1 << 30) | (1 << 30), Character.MAX_RADIX);
    }
}
