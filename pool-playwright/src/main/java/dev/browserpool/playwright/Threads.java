package dev.browserpool.playwright;

/** Every thread of this package is made here: a daemon, with a name that says what it does and for which request. */
final class Threads {
    private Threads() {}

    static Thread daemon(String task, String requestId, Runnable work) {
        return daemon(task + "-" + requestId, work);
    }

    static Thread daemon(String task, Runnable work) {
        Thread thread = new Thread(null, work, "browser-pool-" + task, 0, false); // inherits nothing of its maker's
        thread.setDaemon(true);
        return thread;
    }
}
