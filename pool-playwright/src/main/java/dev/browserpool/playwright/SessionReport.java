package dev.browserpool.playwright;

import dev.browserpool.LeaseLoss;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a session ended, for whoever schedules them. Made after its browser is gone and its slot is given back.
 *
 * @param request what was asked for
 * @param token the fencing token under which it ran
 * @param outcome COMPLETED, FAILED, RELEASED, EXPIRED, REVOKED or LOST
 * @param failure what it failed with, if somebody said so
 * @param cause why it failed; empty if it did not, as far as anybody said or the browser showed
 * @param loss why it was taken back, if it was
 * @param evidence the directory with its evidence, if any was saved
 * @param evidenceProblem why it could not be saved, if it should have been
 * @param killed whether a process of it had to be killed, because it did not end by itself in time
 */
public record SessionReport(
        SlotRequest request,
        long token,
        SlotState outcome,
        Optional<Throwable> failure,
        Optional<FailureCause> cause,
        Optional<LeaseLoss> loss,
        Optional<Path> evidence,
        Optional<String> evidenceProblem,
        boolean killed) {}
