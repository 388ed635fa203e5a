package dev.browserpool.examples.shop;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Who may sign in, with passwords made up at start, and who is signed in. Safe for many threads. */
final class Accounts {
    private final SecureRandom random = new SecureRandom();
    private final Map<String, String> passwords;
    private final Map<String, AtomicInteger> signIns;
    private final Map<String, String> accountBySession = new ConcurrentHashMap<>();
    private final Set<String> unconfirmed = ConcurrentHashMap.newKeySet();

    Accounts(Collection<String> accountIds) {
        this.passwords = accountIds.stream()
                .distinct()
                .collect(Collectors.toUnmodifiableMap(Function.identity(), a -> token(6)));
        this.signIns = passwords.keySet().stream()
                .collect(Collectors.toUnmodifiableMap(Function.identity(), a -> new AtomicInteger()));
    }

    Map<String, String> passwords() {
        return passwords;
    }

    /** The new session, or empty if name or password is wrong. */
    Optional<String> signIn(String accountId, String password) {
        AtomicInteger count = signIns.get(accountId);
        if (count == null || !password.equals(passwords.get(accountId))) {
            return Optional.empty();
        }
        count.incrementAndGet();
        String session = token(16);
        accountBySession.put(session, accountId);
        return Optional.of(session);
    }

    /** Nobody signs in as this account from now on, until it is confirmed. */
    void doubt(String accountId) {
        unconfirmed.add(accountId);
    }

    void confirm(String accountId) {
        unconfirmed.remove(accountId);
    }

    boolean isInDoubt(String accountId) {
        return unconfirmed.contains(accountId);
    }

    Optional<String> signedIn(String session) {
        return Optional.ofNullable(accountBySession.get(session));
    }

    void signOut(String session) {
        accountBySession.remove(session);
    }

    int signIns(String accountId) {
        AtomicInteger count = signIns.get(accountId);
        return count == null ? 0 : count.get();
    }

    private String token(int bytes) {
        byte[] token = new byte[bytes];
        random.nextBytes(token);
        return HexFormat.of().formatHex(token);
    }
}
