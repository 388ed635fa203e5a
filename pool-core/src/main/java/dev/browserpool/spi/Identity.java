package dev.browserpool.spi;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Who a member is.
 *
 * @param member its id, never used before
 * @param host the host of its JVM
 * @param processId the process id of its JVM
 */
public record Identity(String member, String host, long processId) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String HOST = hostName();

    /** A new member of this JVM. */
    public static Identity fresh() {
        return new Identity(
                HexFormat.of().toHexDigits(RANDOM.nextLong()),
                HOST,
                ProcessHandle.current().pid());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
