package dev.browserpool.playwright;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A site on loopback: remembers in cookie and localStorage what it is told, complains, or hangs. */
final class TestSite implements AutoCloseable {
    private static final String REMEMBER = """
        <title>remember</title><script>
        const who = new URLSearchParams(location.search).get('who');
        document.cookie = 'who=' + who + '; max-age=86400';
        localStorage.setItem('who', who);
        </script>\
        """;
    private static final String SHOW = """
        <title>show</title><p id=cookie></p><p id=storage></p><script>
        document.getElementById('cookie').textContent = document.cookie;
        document.getElementById('storage').textContent = localStorage.getItem('who') ?? '';
        </script>\
        """;
    private static final String TROUBLE = """
        <title>trouble</title><h1>Trouble</h1><script>
        console.log('asked for http://example.test/?token=s3cret');
        setTimeout(() => { throw new Error('broken on purpose'); });
        </script>\
        """;

    private static final String FAILING = """
        <title>failing</title><p>card 4711-0815</p><script>
        document.cookie = 'session=s3cret; max-age=86400';
        Promise.allSettled([fetch('/missing?key=s3cret'), fetch('http://127.0.0.1:1/?key=s3cret')])
          .then(() => document.title = 'failed');
        </script>\
        """;

    /** Wants to be taken for markup, for a path, and for a line of a log, and to read what is none of its business. */
    private static final String HOSTILE = """
        <title></title><script>
        document.title = '<\\/script><img src=x onerror=alert(1)> ../../etc \\u001b[31mred \\u2028 "}';
        console.log('one\\n12:00:00.000 ERROR FORGED \\u001b[2J');
        window.read = 'nothing';
        fetch('file:///etc/hostname').then(r => r.text()).then(t => window.read = t).catch(e => window.read = 'refused');
        </script><iframe src="file:///etc/hostname"></iframe>\
        """;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "test-site");
        thread.setDaemon(true);
        return thread;
    });

    TestSite() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        serve("/remember", REMEMBER);
        serve("/show", SHOW);
        serve("/trouble", TROUBLE);
        serve("/failing", FAILING);
        serve("/hostile", HOSTILE);
        serve("/hello", "<title>hello</title>");
        serve("/worker.js", "text/javascript", "addEventListener('fetch', () => {});");
        serve("/file", "application/octet-stream", "to be downloaded");
        server.createContext("/silent", exchange -> {});
        server.setExecutor(threads);
        server.start();
    }

    private void serve(String path, String html) {
        serve(path, "text/html; charset=utf-8", html);
    }

    private void serve(String path, String type, String text) {
        server.createContext(path, exchange -> {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    String url(String pathAndQuery) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + pathAndQuery;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
