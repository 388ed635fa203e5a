package dev.browserpool.redis.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority of the test's own, and a server's certificate from it, for 127.0.0.1 alone. */
public final class Certificates {
    /** What the stores are locked with. */
    public static final String PASSWORD = "changeit";

    private final Path directory;

    /** Makes both, with the keytool of this JDK, in a directory. */
    public Certificates(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        this.directory = directory;
        keytool("ca.p12", "-genkeypair", "-alias", "ca", "-dname", "CN=test authority", "-ext", "bc:c");
        keytool("server.p12", "-genkeypair", "-alias", "server", "-dname", "CN=redis");
        keytool("server.p12", "-certreq", "-alias", "server", "-file", "server.csr");
        keytool(
                "ca.p12",
                "-gencert",
                "-alias",
                "ca",
                "-ext",
                "san=ip:127.0.0.1",
                "-rfc",
                "-infile",
                "server.csr",
                "-outfile",
                "server.pem");
        Certificate authority = load("ca.p12").getCertificate("ca");
        pem("ca.pem", "CERTIFICATE", authority.getEncoded());
        pem(
                "server.key",
                "PRIVATE KEY",
                load("server.p12").getKey("server", PASSWORD.toCharArray()).getEncoded());
        save(trustStore(), store -> store.setCertificateEntry("ca", authority));
        Certificate[] chain = {certificate("server.pem"), authority};
        Key key = load("server.p12").getKey("server", PASSWORD.toCharArray());
        save(keyStore(), store -> store.setKeyEntry("me", key, PASSWORD.toCharArray(), chain));
    }

    private interface Filling {
        void fill(KeyStore store) throws GeneralSecurityException;
    }

    private static void save(Path path, Filling filling) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        filling.fill(store);
        try (OutputStream out = Files.newOutputStream(path)) {
            store.store(out, PASSWORD.toCharArray());
        }
    }

    private Certificate certificate(String name) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(directory.resolve(name))) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private void keytool(String store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store, "-storetype", "PKCS12", "-storepass", PASSWORD));
        if (arguments[0].equals("-genkeypair")) {
            command.addAll(List.of("-keyalg", "EC", "-validity", "2"));
        }
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(arguments[0] + ": " + said);
        }
    }

    private KeyStore load(String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve(name))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private void pem(String name, String kind, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(
                directory.resolve(name), "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }

    /** A store that holds the authority alone. */
    public Path trustStore() {
        return directory.resolve("trusted.p12");
    }

    /** A store with a certificate that a client can show. */
    public Path keyStore() {
        return directory.resolve("mine.p12");
    }

    /** What a server is told that speaks nothing but TLS, and wants a certificate of its clients or not. */
    public String[] serverSettings(int tlsPort, boolean wantsCertificates) {
        return new String[] {
            "--port",
            "0",
            "--tls-port",
            "" + tlsPort,
            "--tls-cert-file",
            directory.resolve("server.pem").toString(),
            "--tls-key-file",
            directory.resolve("server.key").toString(),
            "--tls-ca-cert-file",
            directory.resolve("ca.pem").toString(),
            "--tls-auth-clients",
            wantsCertificates ? "yes" : "no"
        };
    }
}
