package dev.browserpool.examples.dashboard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Where the dashboard is served, and to whom.
 *
 * @param host the address to listen on, an IP address or a name
 * @param port zero for a free one
 * @param token what everybody has to know who is let in; at least 16 characters. May only be left out on a loopback address
 * @param names names by which browsers may call this server, beside {@code localhost} and IP addresses
 * @param evidence the directory of a {@code FileEvidenceStore}, if its content is to be shown
 * @param pace how often the pool is looked at while somebody watches
 */
public record DashboardOptions(
        String host, int port, Optional<String> token, Set<String> names, Optional<Path> evidence, Duration pace) {
    private static final int SHORTEST_TOKEN = 16;

    /** Checks them. */
    public DashboardOptions {
        names = Set.copyOf(names);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port is " + port + ", it must be between 0 and 65535");
        }
        if (token.isPresent() && token.get().length() < SHORTEST_TOKEN) {
            throw new IllegalArgumentException("the token has " + token.get().length() + " characters, at least "
                    + SHORTEST_TOKEN + " are needed: it is all that keeps strangers out");
        }
        if (token.isEmpty() && !isLoopback(host)) {
            throw new IllegalArgumentException(
                    "host is " + host + ", which others can reach: set a token, or listen on 127.0.0.1");
        }
        if (pace.isNegative() || pace.isZero()) {
            throw new IllegalArgumentException("pace is " + pace + ", it must be longer than zero");
        }
    }

    /** On a free port of 127.0.0.1, without a token, without evidence. */
    public static DashboardOptions defaults() {
        return new DashboardOptions(
                "127.0.0.1", 0, Optional.empty(), Set.of(), Optional.empty(), Duration.ofSeconds(1));
    }

    /** On this port, zero for a free one. */
    public DashboardOptions withPort(int number) {
        return new DashboardOptions(host, number, token, names, evidence, pace);
    }

    /** On this address, for whoever knows the token. Let a proxy in front of it speak TLS: here it travels in the clear. */
    public DashboardOptions withAddress(String address, String secret) {
        return new DashboardOptions(address, port, Optional.of(secret), names, evidence, pace);
    }

    /** Also under these names, in lower case, without a port. */
    public DashboardOptions withNames(Set<String> more) {
        return new DashboardOptions(host, port, token, more, evidence, pace);
    }

    /** With the evidence in this directory. */
    public DashboardOptions withEvidence(Path directory) {
        return new DashboardOptions(host, port, token, names, Optional.of(directory), pace);
    }

    /** Looking at the pool at this pace while somebody watches. */
    public DashboardOptions withPace(Duration time) {
        return new DashboardOptions(host, port, token, names, evidence, time);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("host " + host + " is not known", e);
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "DashboardOptions[" + host + ":" + port + (token.isPresent() ? ", with a token" : "") + "]";
    }
}
