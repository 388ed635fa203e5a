package dev.browserpool.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.SslOptions;

/** Where a server is, and how to get in. Never printed: it may hold a password. */
final class RedisUrl {
    private static final int STANDARD_PORT = 6379;
    private static final String FORM = "redis[s]://[[user]:password@]host[:port][/database]";

    private final URI uri;
    private final int database;

    private RedisUrl(URI uri, int database) {
        this.uri = uri;
        this.database = database;
    }

    static RedisUrl parse(String url) {
        URI uri;
        try {
            uri = new URI(url.strip());
        } catch (URISyntaxException e) {
            throw bad("it is no URL at position " + e.getIndex());
        }
        if (!"redis".equals(uri.getScheme()) && !"rediss".equals(uri.getScheme())) {
            throw bad("its scheme is " + uri.getScheme());
        }
        if (uri.getHost() == null) {
            throw bad("it names no host");
        }
        return new RedisUrl(uri, database(uri.getPath()));
    }

    private static int database(@Nullable String path) {
        if (path == null || path.isEmpty() || path.equals("/")) {
            return 0;
        }
        try {
            return Integer.parseUnsignedInt(path.substring(1));
        } catch (NumberFormatException e) {
            throw bad("its database '" + path.substring(1) + "' is no number");
        }
    }

    private static IllegalArgumentException bad(String why) {
        return new IllegalArgumentException("the Redis URL can't be used: " + why + "; it must look like " + FORM);
    }

    HostAndPort address() {
        return new HostAndPort(uri.getHost(), uri.getPort() < 0 ? STANDARD_PORT : uri.getPort());
    }

    DefaultJedisClientConfig.Builder client(Duration socketTimeout) {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .timeoutMillis((int) socketTimeout.toMillis())
                .database(database);
        if ("rediss".equals(uri.getScheme())) {
            config.sslOptions(SslOptions.defaults());
        }
        String access = uri.getUserInfo();
        if (access != null) {
            int colon = access.indexOf(':');
            String user = colon < 0 ? "" : access.substring(0, colon);
            if (!user.isEmpty()) {
                config.user(user);
            }
            config.password(access.substring(colon + 1));
        }
        return config;
    }

    /** The server, without what lets one in. */
    @Override
    public String toString() {
        return uri.getScheme() + "://" + address() + "/" + database;
    }
}
