package dev.browserpool.playwright.host;

/** Every thread of this module is made here: a daemon, with a name that says what it does and for which request. */
public final class Threads {
    private Threads() {}

    /** A thread, not started yet, that works for a request. */
    public static Thread daemon(String task, String requestId, Runnable work) {
        return daemon(task + "-" + requestId, work);
    }

    /** A thread, not started yet. */
    public static Thread daemon(String task, Runnable work) {
        Thread thread = new Thread(null, work, "browser-pool-" + task, 0, false); // inherits nothing of its maker's
        thread.setDaemon(true);
        return thread;
    }
}
