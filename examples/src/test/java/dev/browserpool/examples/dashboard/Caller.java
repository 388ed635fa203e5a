package dev.browserpool.examples.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;

/** Somebody who calls the API from outside a browser. */
final class Caller {
    static final String API = "/api/browser-pool";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    Caller(PoolDashboard dashboard) {
        this.base = dashboard.url().substring(0, dashboard.url().indexOf("/browser-pool"));
    }

    String base() {
        return base;
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    /** Marked as the API wants it. */
    HttpResponse<String> post(String path, String body) {
        return postUnmarked(path, body, Gate.HEADER, "1");
    }

    HttpResponse<String> postUnmarked(String path, String body, String... headers) {
        return send(request(path, headers).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<InputStream> open(String path, String... headers) throws IOException, InterruptedException {
        return client.send(request(path, headers).GET().build(), BodyHandlers.ofInputStream());
    }

    /** As it is written, with any host and any path, which a well-behaved client would not send. */
    String raw(String requestLine, Map<String, String> headers) throws IOException {
        return exchange(requestLine, headers, "");
    }

    /** Marked as the API wants it, from this very host, with a body that may be less than the headers promise. */
    String raw(String requestLine, Map<String, String> headers, String body) throws IOException {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Host", URI.create(base).getAuthority());
        all.put(Gate.HEADER, "1");
        return exchange(requestLine, all, body);
    }

    private String exchange(String requestLine, Map<String, String> headers, String body) throws IOException {
        URI uri = URI.create(base);
        try (Socket socket = new Socket(InetAddress.getByName(uri.getHost()), uri.getPort())) {
            StringBuilder text = new StringBuilder(requestLine + " HTTP/1.1\r\n");
            headers.forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
            OutputStream out = socket.getOutputStream();
            out.write((text + "Connection: close\r\n\r\n" + body).getBytes(UTF_8));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + response.body(), e);
        }
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
