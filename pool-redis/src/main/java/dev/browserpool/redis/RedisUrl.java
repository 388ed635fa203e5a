package dev.browserpool.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.SslOptions;

/** Where a server is, and how to get in. Never printed: it may hold a password, and no error repeats any part of it but the host. */
final class RedisUrl {
    private static final int STANDARD_PORT = 6379;
    static final String FORM = "redis[s]://[[user]:password@]host[:port][/database]";
    private static final String ENCODE =
            "in a user or password write @ as %40, : as %3A, / as %2F, % as %25, ? as %3F, # as %23";

    /** More than a {@link URI} allows: names of containers may have underscores. */
    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[A-Za-z0-9._-]+)(?::(\\d{1,5}))?");

    private final boolean isEncrypted;
    private final HostAndPort address;
    private final int database;
    private final Access access;

    private record Access(Optional<String> user, Optional<String> password) {}

    private RedisUrl(boolean isEncrypted, HostAndPort address, int database, Access access) {
        this.isEncrypted = isEncrypted;
        this.address = address;
        this.database = database;
        this.access = access;
    }

    static RedisUrl parse(String url) {
        URI uri = uri(url.strip());
        String scheme = uri.getScheme() == null ? "" : uri.getScheme();
        if (!scheme.equals("redis") && !scheme.equals("rediss")) {
            throw bad(
                    "it does not begin with redis:// or rediss:// (for Sentinel or a cluster make a client of your own, and give it to"
                            + " RedisBrowserPool.create; Unix sockets can't be used)");
        }
        String authority = uri.getRawAuthority();
        if (authority == null) {
            throw bad("it names no host");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw bad("it has a ? or a #, which mean nothing here; " + ENCODE);
        }
        int at = authority.lastIndexOf('@');
        if (authority.indexOf('@') != at) {
            throw bad("it has more than one @; " + ENCODE);
        }
        return new RedisUrl(
                scheme.equals("rediss"),
                address(authority.substring(at + 1)),
                database(uri.getRawPath()),
                access(authority.substring(0, Math.max(0, at))));
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw bad("it is no URL at position " + e.getIndex() + "; " + ENCODE);
        }
    }

    private static HostAndPort address(String text) {
        Matcher parts = ADDRESS.matcher(text);
        if (!parts.matches()) {
            throw bad("its host or port can't be read; " + ENCODE);
        }
        String host = parts.group(1);
        int port = parts.group(2) == null ? STANDARD_PORT : Integer.parseInt(parts.group(2));
        if (port < 1 || port > 65_535) {
            throw bad("its port is not from 1 to 65535");
        }
        return new HostAndPort(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
    }

    private static int database(String path) {
        if (path.isEmpty() || path.equals("/")) {
            return 0;
        }
        if (!path.matches("/\\d{1,6}")) {
            throw bad("its database is no number; " + ENCODE);
        }
        return Integer.parseInt(path.substring(1));
    }

    private static Access access(String text) {
        if (text.isEmpty()) {
            return new Access(Optional.empty(), Optional.empty());
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw bad("what stands before its @ has no colon: write :password@ or user:password@");
        }
        return new Access(decoded(text.substring(0, colon)), decoded(text.substring(colon + 1)));
    }

    private static Optional<String> decoded(String text) {
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
    }

    private static IllegalArgumentException bad(String why) {
        return new IllegalArgumentException("the Redis URL can't be used: " + why + "; it must look like " + FORM);
    }

    HostAndPort address() {
        return address;
    }

    /** The way in. Encrypted by the given rules, or by the trust store of this JVM; always with the host's name checked. */
    DefaultJedisClientConfig.Builder client(Duration socketTimeout, Optional<SslOptions> tls) {
        if (tls.isPresent() && !isEncrypted) {
            throw bad("there are options for TLS, and it does not begin with rediss://");
        }
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .timeoutMillis((int) socketTimeout.toMillis())
                .database(database);
        if (isEncrypted) {
            config.sslOptions(tls.orElseGet(SslOptions::defaults));
        }
        access.user.ifPresent(config::user);
        access.password.ifPresent(config::password);
        return config;
    }

    /** The server, without what lets one in. */
    @Override
    public String toString() {
        String host = address.getHost();
        return (isEncrypted ? "rediss://" : "redis://") + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + address.getPort() + "/" + database;
    }
}
