package dev.browserpool.playwright;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.browserpool.LeaseLoss;
import dev.browserpool.SlotState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The table of contents of an evidence directory: whose it is, how it ended, what was saved and what could not be. */
record EvidenceManifest(
        Who session,
        SlotState outcome,
        @Nullable FailureCause cause,
        @Nullable Failure failure,
        @Nullable Loss loss,
        Map<String, String> notes,
        List<Story.Checkpoint> checkpoints,
        List<Entry> steps) {
    private static final Gson JSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /** Whose browser it was. What was not named is left out. */
    record Who(
            String requestId,
            String type,
            @Nullable String task,
            @Nullable String worker,
            @Nullable String account,
            @Nullable String profile,
            @Nullable String proxy,
            @Nullable String member,
            long token,
            String openedAt,
            String savedAt) {}

    /** What it failed with; URLs redacted. */
    record Failure(String type, String message) {}

    /** Why it was taken back. */
    record Loss(LeaseLoss.Reason reason, String message) {}

    /** One step of the saving. */
    record Entry(String step, boolean saved, @Nullable String problem, long millis) {}

    /** Of a run whose other steps are done. */
    static EvidenceManifest of(SessionFacts facts, Story story, Evidence.Ending ending, EvidenceRun run) {
        return new EvidenceManifest(
                who(facts),
                ending.outcome(),
                ending.cause().orElse(null),
                story.failure()
                        .map(f -> new Failure(f.getClass().getName(), run.text(String.valueOf(f.getMessage()))))
                        .orElse(null),
                ending.loss().map(l -> new Loss(l.reason(), l.message())).orElse(null),
                new TreeMap<>(story.notes()),
                story.checkpoints(),
                run.steps().stream()
                        .map(s -> new Entry(s.name(), s.saved(), s.problem().orElse(null), s.millis()))
                        .toList());
    }

    private static Who who(SessionFacts facts) {
        return new Who(
                facts.requestId(),
                facts.request().type().name(),
                facts.request().taskId().orElse(null),
                facts.request().workerId().orElse(null),
                facts.request().accountId().orElse(null),
                facts.profileId().orElse(null),
                facts.proxyId().orElse(null),
                facts.memberId().orElse(null),
                facts.token(),
                facts.openedAt().toString(),
                Instant.now().toString());
    }

    String toJson() {
        return JSON.toJson(this) + "\n";
    }
}
