package dev.browserpool.redis.processes;

/**
 * A time in which somebody could not be served, through no fault of the pool's.
 *
 * @param worker who could not reach the store, or empty for everybody
 */
record Disturbance(long from, long to, String worker) {
    boolean concerns(String who) {
        return worker.isEmpty() || worker.equals(who);
    }
}
