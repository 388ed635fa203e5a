package dev.browserpool.benchmarks.jvm;

/** Something that lends a number of slots. Threads share it. */
public interface Lender extends AutoCloseable {
    /** Takes a slot, waiting for it if there is none, does the work, and gives the slot back. */
    void pair(String requestId, Runnable work) throws Exception;

    @Override
    void close();
}
