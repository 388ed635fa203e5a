package dev.browserpool;

import java.io.IOException;

/** How busy the host, or the container in which this JVM runs, is right now. */
interface HostReadings {
    /**
     * The share of its processors' time that was used recently, from 0 to 1.
     *
     * @throws IOException if that can't be read
     */
    double cpu() throws IOException;

    /**
     * The share of its memory that is used and could not be had by dropping caches, from 0 to 1.
     *
     * @throws IOException if that can't be read
     */
    double memory() throws IOException;
}
