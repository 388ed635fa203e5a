package dev.browserpool;

/**
 * What runs under a lease in {@link BrowserPool#call}.
 *
 * @param <T> what it returns
 * @param <X> what it may throw; unchecked if it throws nothing checked
 */
@FunctionalInterface
public interface LeaseFunction<T, X extends Exception> {
    /** Does the work. Returning completes the lease, throwing fails it; either way it is given back. */
    T apply(SlotLease lease) throws X;
}
