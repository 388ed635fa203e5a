package dev.browserpool.examples.dashboard.json;

import org.jspecify.annotations.Nullable;

/**
 * Where a request's evidence can be read.
 *
 * @param url its table of contents
 * @param screenshot the picture, if there is one
 */
public record EvidenceLink(String url, @Nullable String screenshot) {}
