package dev.browserpool;

/** What becomes of new requests while a load test has the pool. Those that waited already wait on in any case. */
public enum DuringLoadTest {
    /** They are refused with a {@link LoadTestInProgressException}. */
    REFUSE,
    /** They wait in line, by their own timeouts. */
    WAIT
}
