package dev.browserpool.json;

import com.fasterxml.jackson.core.JsonToken;
import dev.browserpool.OperationType;
import dev.browserpool.TaskManifest;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** The fields of a task: what each may hold, and where that goes. */
final class TaskFields {
    static final String TASK_ID = "task_id";
    static final String ACCOUNT_ID = "account_id";
    static final String PROFILE_ID = "profile_id";
    static final String PROXY_ID = "proxy_id";
    static final String OPERATION_TYPE = "operation_type";
    static final String EXCLUSIVE = "requires_exclusive_profile_lock";
    static final String ALLOWED_ACTIONS = "allowed_actions";
    static final String LOCK_TIMEOUT = "lock_timeout_seconds";
    static final String HUMAN_REVIEW = "human_review_on_lock_conflict";
    static final String DESCRIPTION = "description";

    private static final Map<String, Setter> SETTERS = setters();
    private static final long LONGEST_SECONDS =
            Duration.ofNanos(Long.MAX_VALUE / 2).toSeconds();

    private TaskFields() {}

    /** Puts a value into the task, or finds a problem with it. */
    private interface Setter {
        void set(TaskManifest.Builder task, String field, Json value, Problems problems);
    }

    /** All names, in the order in which a task is written. */
    static Set<String> names() {
        return SETTERS.keySet();
    }

    static void setAll(TaskManifest.Builder task, Map<String, Json> values, Problems problems) {
        SETTERS.forEach((field, setter) -> {
            Json value = values.get(field);
            if (value != null) {
                setter.set(task, field, value, problems);
            }
        });
    }

    private static Map<String, Setter> setters() {
        Map<String, Setter> setters = new LinkedHashMap<>();
        setters.put(TASK_ID, text("taskId", TaskManifest.Builder::taskId));
        setters.put(ACCOUNT_ID, text("accountId", TaskManifest.Builder::accountId));
        setters.put(PROFILE_ID, text("profile id", TaskManifest.Builder::profileId));
        setters.put(PROXY_ID, text("proxyId", TaskManifest.Builder::proxyId));
        setters.put(OPERATION_TYPE, text("operation type", (task, name) -> task.type(new OperationType(name))));
        setters.put(EXCLUSIVE, flag(TaskManifest.Builder::requiresExclusiveProfileLock));
        setters.put(ALLOWED_ACTIONS, TaskFields::setActions);
        setters.put(LOCK_TIMEOUT, TaskFields::setLockTimeout);
        setters.put(HUMAN_REVIEW, flag(TaskManifest.Builder::humanReviewOnLockConflict));
        setters.put(DESCRIPTION, text("description", TaskManifest.Builder::description));
        return Collections.unmodifiableMap(setters);
    }

    private static Setter text(String javaName, BiConsumer<TaskManifest.Builder, String> setter) {
        return (task, field, value, problems) -> {
            if (!(value instanceof Json.Scalar scalar) || scalar.token() != JsonToken.VALUE_STRING) {
                problems.addValue(field, value, wrong(field, value, "a string"));
                return;
            }
            try {
                setter.accept(task, scalar.text());
            } catch (IllegalArgumentException e) {
                problems.addValue(
                        field, value, Words.refusal(field, javaName, scalar.text(), String.valueOf(e.getMessage())));
            }
        };
    }

    private static Setter flag(BiConsumer<TaskManifest.Builder, Boolean> setter) {
        return (task, field, value, problems) -> {
            if (value instanceof Json.Scalar scalar && scalar.token().isBoolean()) {
                setter.accept(task, scalar.token() == JsonToken.VALUE_TRUE);
            } else {
                problems.addValue(field, value, wrong(field, value, "true or false"));
            }
        };
    }

    private static void setLockTimeout(TaskManifest.Builder task, String field, Json value, Problems problems) {
        if (!(value instanceof Json.Scalar scalar) || scalar.token() != JsonToken.VALUE_NUMBER_INT) {
            problems.addValue(field, value, wrong(field, value, "a whole number of seconds"));
            return;
        }
        long seconds = clamped(scalar.text());
        if (seconds < 1) {
            problems.addValue(field, value, wrong(field, value, "at least 1"));
        } else if (seconds > LONGEST_SECONDS) {
            problems.addValue(field, value, wrong(field, value, "at most " + LONGEST_SECONDS));
        } else {
            task.lockTimeout(Duration.ofSeconds(seconds));
        }
    }

    private static long clamped(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException tooLong) {
            return digits.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private static void setActions(TaskManifest.Builder task, String field, Json value, Problems problems) {
        if (!(value instanceof Json.Items list)) {
            problems.addValue(field, value, wrong(field, value, "a list of names"));
            return;
        }
        Set<String> actions = new LinkedHashSet<>();
        // Each by itself first, so that a bad one is named with its own line.
        Setter check = text("action", (builder, name) -> {
            if (!actions.add(name)) {
                throw new IllegalArgumentException("action '" + name + "' is there twice; keep one");
            }
            builder.allowedActions(Set.of(name));
        });
        int before = problems.count();
        list.values().forEach(item -> check.set(task, field, item, problems));
        if (problems.count() == before) {
            task.allowedActions(actions);
        }
    }

    private static String wrong(String field, Json value, String expected) {
        boolean meansNone =
                !field.equals(TASK_ID) && value instanceof Json.Scalar scalar && scalar.token() == JsonToken.VALUE_NULL;
        return "field '" + field + "' is " + value.shown() + ", it must be " + expected
                + (meansNone ? "; leave it out for the default" : "");
    }
}
