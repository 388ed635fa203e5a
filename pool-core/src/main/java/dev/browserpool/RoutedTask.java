package dev.browserpool;

import java.util.Objects;
import java.util.Optional;

/**
 * A task whose account, profile and proxy are known, and where it is best run.
 *
 * @param task with account, profile and proxy filled in from its route
 * @param workerId the worker that runs the account's tasks; empty means any
 * @param homeHost the host where the profile's directory is; empty means that it is not known. A hint for whoever starts
 *     workers: the request does not carry it
 */
public record RoutedTask(TaskManifest task, Optional<String> workerId, Optional<String> homeHost) {

    /** Refuses a blank name with an {@link IllegalArgumentException}. */
    public RoutedTask {
        Objects.requireNonNull(task, "task");
        workerId.ifPresent(id -> Names.id("workerId", id));
        homeHost.ifPresent(host -> Names.id("homeHost", host));
    }

    /** A builder that holds what the task asks for, and its worker; see {@link SlotRequest#builder(TaskManifest)}. */
    public SlotRequest.Builder request() {
        SlotRequest.Builder request = SlotRequest.builder(task);
        workerId.ifPresent(request::workerId);
        return request;
    }
}
