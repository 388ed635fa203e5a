package dev.browserpool.playwright.redaction;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes out of texts what URLs carry in secret: passwords, values of queries and fragments, and those without a name. */
public final class Redactor {
    static final String GONE = "***";
    private static final int LONGEST = 100_000;
    private static final Pattern URL =
            Pattern.compile("(?i)\\b(?:data:[^\\s,]{0,100}+,\\S+|[a-z][a-z0-9+.-]{1,20}+://[^\\s\"<>]+)");
    private static final Pattern USER = Pattern.compile("(?<=//)[^/?#\\s]+@");

    /** In a query or fragment: a name with its value, or a value alone. */
    private static final Pattern PARAMETER = Pattern.compile("([?&#])([^?&#=\\s]*=)?[^?&#\\s]+");

    private Redactor() {}

    /** The text, with each URL in it redacted: {@code http://a.test/b?token=***}. */
    public static String text(String text) {
        return urls(atMost(LONGEST, text));
    }

    /** The same of a text of any length. */
    static String urls(String text) {
        return URL.matcher(text).replaceAll(match -> Matcher.quoteReplacement(url(match.group())));
    }

    static String atMost(int longest, String text) {
        return text.length() > longest ? text.substring(0, longest) + "…" : text;
    }

    private static String url(String url) {
        if (url.regionMatches(true, 0, "data:", 0, 5)) {
            return "data:" + GONE;
        }
        int start = firstOf(url, '?', '#');
        return USER.matcher(url.substring(0, start)).replaceAll(GONE + "@") + parameters(url.substring(start));
    }

    /** Of a URL from its query on, or of any part of it: what stands behind a name, and what has none. */
    static String parameters(String query) {
        return PARAMETER
                .matcher(query)
                .replaceAll(match -> match.group(1)
                        + (match.group(2) == null ? "" : Matcher.quoteReplacement(match.group(2)))
                        + GONE);
    }

    private static int firstOf(String url, char a, char b) {
        int first = url.indexOf(a);
        int second = url.indexOf(b);
        return Math.min(first < 0 ? url.length() : first, second < 0 ? url.length() : second);
    }
}
