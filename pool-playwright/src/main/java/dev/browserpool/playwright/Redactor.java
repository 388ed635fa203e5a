package dev.browserpool.playwright;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes out of texts what URLs carry in secret: passwords, values of queries and fragments, and those without a name. */
final class Redactor {
    static final String GONE = "***";
    private static final Pattern URL =
            Pattern.compile("\\b(?:https?|wss?|ftp|file)://[^\\s\"'<>]+|\\bdata:[^\\s,]*,\\S+");
    private static final Pattern USER = Pattern.compile("(?<=//)[^/?#\\s]+@");
    private static final Pattern PARAMETERS = Pattern.compile("(?<=[?&#;])[^=&#;\\s)]+(?=[&#;)]|$)|(?<==)[^&#;\\s)]+");

    private Redactor() {}

    /** The text, with each URL in it redacted: {@code http://a.test/b?token=***}. */
    static String text(String text) {
        return URL.matcher(text).replaceAll(match -> Matcher.quoteReplacement(url(match.group())));
    }

    private static String url(String url) {
        if (url.startsWith("data:")) {
            return "data:" + GONE;
        }
        int start = firstOf(url, '?', '#');
        String place = USER.matcher(url.substring(0, start)).replaceAll(GONE + "@");
        return place + PARAMETERS.matcher(url.substring(start)).replaceAll(GONE);
    }

    private static int firstOf(String url, char a, char b) {
        int first = url.indexOf(a);
        int second = url.indexOf(b);
        return Math.min(first < 0 ? url.length() : first, second < 0 ? url.length() : second);
    }
}
