package dev.browserpool.examples.shop;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The shop, served on a free port of the loopback address until it is closed. It keeps no carts: a cart lives in the cookies
 * and in the localStorage of the browser that filled it, so a profile that was mixed up or lost shows.
 */
public final class ShopSite implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads;
    private final Accounts accounts;

    private ShopSite(HttpServer server, ExecutorService threads, Accounts accounts) {
        this.server = server;
        this.threads = threads;
        this.accounts = accounts;
    }

    /**
     * Opens a shop for these accounts, with a password of its own for each.
     *
     * @throws UncheckedIOException if there is no free port
     */
    public static ShopSite open(Collection<String> accountIds) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ShopSite shop = new ShopSite(server, Executors.newFixedThreadPool(4, daemons()), new Accounts(accountIds));
            server.setExecutor(shop.threads);
            server.createContext("/", new ShopHandler(shop.accounts, shop.port()));
            server.start();
            return shop;
        } catch (IOException e) {
            throw new UncheckedIOException("no port for the shop on " + InetAddress.getLoopbackAddress(), e);
        }
    }

    /** Its address, without a slash at the end. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** What a customer has to know. */
    public ShopAccess access() {
        return new ShopAccess(url(), accounts.passwords());
    }

    /**
     * The password of an account.
     *
     * @throws IllegalArgumentException if there is no such account
     */
    public String passwordOf(String accountId) {
        return access().passwordOf(accountId);
    }

    /** Lets nobody sign in as this account until it is confirmed. */
    public void demandConfirmation(String accountId) {
        accounts.doubt(accountId);
    }

    /** What the link in the shop's mail does. */
    public void confirm(String accountId) {
        accounts.confirm(accountId);
    }

    /** How often an account has signed in. */
    public int signIns(String accountId) {
        return accounts.signIns(accountId);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private static ThreadFactory daemons() {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "shop-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
