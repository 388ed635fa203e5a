package dev.browserpool.json;

import com.fasterxml.jackson.core.JsonToken;
import dev.browserpool.TaskManifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From a document's values to its tasks. Goes on after a problem, to find the others too. */
final class ManifestReader {
    private static final String TASKS = "tasks";

    private final Problems problems;
    private final Map<String, Integer> linesOfTasks = new HashMap<>();
    private final List<TaskManifest> tasks = new ArrayList<>();

    ManifestReader(Problems problems) {
        this.problems = problems;
    }

    /** The tasks in the order of the document; incomplete if there are problems. */
    List<TaskManifest> read(Json document) {
        if (document instanceof Json.Items list) {
            readTasks(list);
        } else if (document instanceof Json.Fields fields) {
            readObject(fields);
        } else {
            problems.add(
                    document.line(),
                    "the document is " + document.shown()
                            + ", it must be a list of tasks, an object with the field 'tasks', or one task");
        }
        return List.copyOf(tasks);
    }

    private void readObject(Json.Fields fields) {
        if (fields.fields().stream().noneMatch(field -> field.name().equals(TASKS))) {
            readTask(fields);
            return;
        }
        Json value = known(fields, Set.of(TASKS)).get(TASKS);
        if (value instanceof Json.Items list) {
            readTasks(list);
        } else if (value != null) {
            problems.addValue(TASKS, value, "field 'tasks' is " + value.shown() + ", it must be a list of tasks");
        }
    }

    private void readTasks(Json.Items list) {
        for (Json task : list.values()) {
            if (task instanceof Json.Fields fields) {
                readTask(fields);
            } else {
                problems.add(task.line(), "a task is " + task.shown() + ", it must be an object");
            }
        }
    }

    private void readTask(Json.Fields fields) {
        int before = problems.count();
        Map<String, Json> values = known(fields, TaskFields.names());
        checkTaskId(fields, values.get(TaskFields.TASK_ID));
        TaskManifest.Builder task = TaskManifest.builder("unnamed");
        TaskFields.setAll(task, values, problems);
        if (problems.count() == before) {
            tasks.add(task.build());
        }
    }

    private void checkTaskId(Json.Fields task, @Nullable Json id) {
        if (id == null) {
            problems.addField(task.line(), TaskFields.TASK_ID, "field 'task_id' is missing");
        } else if (id instanceof Json.Scalar scalar && scalar.token() == JsonToken.VALUE_STRING) {
            Integer earlier = linesOfTasks.putIfAbsent(scalar.text(), scalar.line());
            if (earlier != null) {
                problems.addValue(
                        TaskFields.TASK_ID,
                        id,
                        "field 'task_id' is " + id.shown() + ", as on line " + earlier
                                + " already; each task needs an id of its own");
            }
        }
    }

    private Map<String, Json> known(Json.Fields object, Set<String> names) {
        Map<String, Json> values = new LinkedHashMap<>();
        Map<String, Integer> lines = new HashMap<>();
        for (Json.Field field : object.fields()) {
            String shown = "'" + Words.cut(field.name()) + "'";
            Integer earlier = lines.putIfAbsent(field.name(), field.line());
            if (!names.contains(field.name())) {
                problems.addField(field.line(), field.name(), "unknown field " + shown + "; known are " + names);
            } else if (earlier != null) {
                problems.addField(
                        field.line(),
                        field.name(),
                        "field " + shown + " is there twice, first on line " + earlier + "; keep one");
            } else {
                values.put(field.name(), field.value());
            }
        }
        return values;
    }
}
