package dev.browserpool.examples.tasks;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a task is meant to end. */
public enum Expectation {
    /** Well. */
    @JsonProperty("success")
    SUCCESS,
    /** Badly, on purpose. */
    @JsonProperty("failure")
    FAILURE,
    /** Badly, since the shop asks for something that only a person can do: its profile goes into quarantine. */
    @JsonProperty("review")
    REVIEW,
    /** Left out, since its profile is in quarantine when its turn comes. */
    @JsonProperty("skip")
    SKIP,
    /** Not at all: its worker takes the profile, gets to work, and is never heard of again. */
    @JsonProperty("vanish")
    VANISH
}
