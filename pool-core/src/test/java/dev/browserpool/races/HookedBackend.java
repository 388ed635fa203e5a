package dev.browserpool.races;

import dev.browserpool.spi.Backend;
import dev.browserpool.spi.Identity;
import dev.browserpool.spi.Ledger;
import dev.browserpool.spi.Reply;
import dev.browserpool.spi.Signals;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** A backend that stops for a test right before or right after a call of the ledger: the worst moment for a thread to lose its turn. */
final class HookedBackend implements Backend {
    private final Backend real;
    private final Map<String, Runnable> before = new ConcurrentHashMap<>();
    private final Map<String, Runnable> after = new ConcurrentHashMap<>();

    HookedBackend(Backend real) {
        this.real = real;
    }

    /** Runs something once, before the next call of that name takes effect. */
    void onceBefore(String call, Runnable hook) {
        before.put(call, hook);
    }

    /** Runs something once, when the next call of that name has taken effect and its caller does not know yet. */
    void onceAfter(String call, Runnable hook) {
        after.put(call, hook);
    }

    @Override
    public Ledger ledger() {
        return hooked(real.ledger());
    }

    private Ledger hooked(Ledger ledger) {
        return (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    run(before.remove(method.getName()));
                    try {
                        Object answer = method.invoke(ledger, arguments);
                        if (answer instanceof Reply<?>) {
                            run(after.remove(method.getName()));
                        }
                        return answer instanceof Ledger asOf ? hooked(asOf) : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static void run(Runnable hook) {
        if (hook != null) {
            hook.run();
        }
    }

    @Override
    public Identity identity() {
        return real.identity();
    }

    @Override
    public Identity renew() {
        return real.renew();
    }

    @Override
    public Signals signals() {
        return real.signals();
    }

    @Override
    public Executor calls() {
        return real.calls();
    }

    @Override
    public Executor callsOfWaiters() {
        return real.callsOfWaiters();
    }

    @Override
    public Duration memberTtl() {
        return real.memberTtl();
    }

    @Override
    public void close() {
        real.close();
    }
}
