package dev.browserpool.examples.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.examples.distributed.RedisProcess;
import dev.browserpool.playwright.SessionReport;
import dev.browserpool.playwright.metrics.BrowserSessionMetrics;
import dev.browserpool.redis.RedisBrowserPool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the dashboard asks for is what a pool in Redis and its sessions show on a real page of numbers: names and labels. */
class GrafanaDashboardTest {
    private static final Path DASHBOARD = Path.of("grafana/browser-pool.json");
    private static final Path DOC = Path.of("../docs/operations.md");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(browser_[a-z_]+)(?:\\{(.*)})? ");
    private static final Pattern LABEL = Pattern.compile("([a-z]+)=\"[^\"]*\"");
    private static final Pattern SELECTED = Pattern.compile("([a-z]+)(?:=~|!~|!=|=)\"[^\"]*\"");
    private static final Pattern ASKED = Pattern.compile("(browser_[a-z_]+)(?:\\{([^}]*)})?");
    private static final Pattern GROUPED = Pattern.compile("by \\(([^)]*)\\)");

    @TempDir
    Path directory;

    @Test
    void everyQueryAsksForWhatIsExported() throws Exception {
        Map<String, Set<String>> exported = exported(page());

        List<String> wrong = new ArrayList<>();
        List<String> queries = queries();
        queries.forEach(query -> wrong.addAll(unknown(query, exported)));

        assertThat(queries).hasSizeGreaterThan(20);
        assertThat(wrong).isEmpty();
        assertThat(unknown("sum by (colour) (browser_pool_up)", exported)).isNotEmpty();
        assertThat(unknown("browser_pool_upp", exported)).isNotEmpty();
        assertThat(unknown("browser_pool_slots{kind=\"a\"}", exported)).isNotEmpty();
        assertThat(unknown("browser_pool_slots{state=\"sleeping\"}", exported)).isNotEmpty();
        assertThat(toldIn(DOC)).as("docs/operations.md lists what there is").isEqualTo(families(exported.keySet()));
    }

    private String page() throws IOException, InterruptedException {
        PoolConfig config = PoolConfig.builder().closeGrace(Duration.ZERO).build();
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (RedisProcess redis = RedisProcess.start(directory);
                BrowserPool pool = RedisBrowserPool.connect(redis.url(), config);
                MetricsEndpoint endpoint = MetricsEndpoint.open(pool, anywhere)) {
            SlotRequest request = SlotRequest.of(OperationType.AGENT);
            pool.call(request, SlotLease::token);
            session(endpoint, request);
            await().until(() -> scrape(endpoint).contains("browser_pool_run_seconds_bucket"));
            return scrape(endpoint);
        }
    }

    /** What a session would tell. */
    private static void session(MetricsEndpoint endpoint, SlotRequest request) {
        BrowserSessionMetrics sessions = new BrowserSessionMetrics();
        sessions.bindTo(endpoint.registry());
        sessions.opening(request);
        sessions.opened(request, Duration.ofSeconds(1));
        sessions.opening(request);
        sessions.notOpened(request, Duration.ofSeconds(1));
        sessions.ending(request);
        sessions.closed(new SessionReport(
                request,
                1,
                SlotState.COMPLETED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false));
    }

    private static String scrape(MetricsEndpoint endpoint) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + endpoint.address().getPort() + "/metrics");
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        return answer.body();
    }

    /** Each name with its labels, and with each value that these have; {@code instance} is added by Prometheus. */
    private static Map<String, Set<String>> exported(String page) {
        Map<String, Set<String>> labels = new TreeMap<>();
        SAMPLE.matcher(page).results().forEach(sample -> {
            Set<String> of = labels.computeIfAbsent(sample.group(1), name -> new TreeSet<>(Set.of("instance")));
            if (sample.group(2) != null) {
                LABEL.matcher(sample.group(2)).results().forEach(label -> {
                    of.add(label.group(1));
                    of.add(label.group());
                });
            }
        });
        return labels;
    }

    private static List<String> queries() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(Files.readString(DASHBOARD));
        List<String> queries = new ArrayList<>(dashboard.findValuesAsText("expr"));
        queries.add(dashboard.at("/templating/list/1/query/query").asText());
        return queries;
    }

    private static List<String> unknown(String query, Map<String, Set<String>> exported) {
        List<String> wrong = new ArrayList<>();
        List<MatchResult> asked = ASKED.matcher(query).results().toList();
        Set<String> known = new TreeSet<>();
        for (MatchResult metric : asked) {
            Set<String> labels = exported.getOrDefault(metric.group(1), Set.of());
            known.addAll(labels);
            if (labels.isEmpty()) {
                wrong.add(metric.group(1) + " in: " + query);
            }
            String selector = metric.group(2) == null ? "" : metric.group(2);
            SELECTED.matcher(selector)
                    .results()
                    // One value is asked for as it is; of patterns and of what is not wanted, the label alone has to be
                    // there.
                    .map(label -> LABEL.matcher(label.group()).matches() ? label.group() : label.group(1))
                    .filter(label -> !labels.contains(label))
                    .forEach(label -> wrong.add("{" + label + "} in: " + query));
        }
        GROUPED.matcher(query)
                .results()
                .flatMap(group -> Arrays.stream(group.group(1).split(", *")))
                .filter(label -> !known.contains(label))
                .forEach(label -> wrong.add("by (" + label + ") in: " + query));
        return wrong;
    }

    /** Without what the format adds to the names of counters and timers. */
    private static Set<String> families(Set<String> samples) {
        Set<String> families = new TreeSet<>();
        samples.forEach(name -> families.add(name.replaceAll("_(total|seconds_(bucket|count|sum|max)|seconds)$", "")));
        return families;
    }

    private static Set<String> toldIn(Path doc) throws IOException {
        Set<String> told = new TreeSet<>();
        Pattern.compile("(?m)^\\| `(browser\\.[a-z.]+)`")
                .matcher(Files.readString(doc))
                .results()
                .forEach(row -> told.add(row.group(1).replace('.', '_')));
        return told;
    }
}
