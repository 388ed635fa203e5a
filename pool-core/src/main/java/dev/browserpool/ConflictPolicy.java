package dev.browserpool;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How a scheduler deals with conflicts: from the task, from what is known of the profile, and from how often it was tried. Decides
 * without asking anybody, so the same facts always give the same answer. Immutable.
 *
 * <p>Ask with a claim that refuses conflicts, {@link ProfileClaim#refuseOnConflict()}; if it is refused, call this; for
 * {@link ConflictDecision.Action#WAIT} ask again with {@link ProfileClaim#waitOnConflict()}.
 *
 * <p>In this order: a profile that is free by now is asked for again; a task that wants a person gets one; a profile in quarantine is
 * left alone, since only a person can open it; one that is kept for this very task, or is free soon, is waited for; everything else
 * is tried again after a pause that doubles, never later than when its owner's lease or its block ends; and after a number of
 * pauses the task waits in line.
 *
 * @param waitAtMost if its owner's lease or its block ends within this time, the profile is waited for
 * @param firstPause how long the first pause is
 * @param longestPause how long a pause may become
 * @param maxReschedules after this many pauses the task waits in line
 */
public record ConflictPolicy(Duration waitAtMost, Duration firstPause, Duration longestPause, int maxReschedules) {

    /** Refuses negative times, a pause of zero, and a first pause that is longer than the longest, with an {@link IllegalArgumentException}. */
    public ConflictPolicy {
        Names.notNegative("waitAtMost", waitAtMost);
        Names.positive("firstPause", firstPause);
        Names.positive("longestPause", longestPause);
        Names.atLeast(0, "maxReschedules", maxReschedules);
        if (firstPause.compareTo(longestPause) > 0) {
            throw new IllegalArgumentException(
                    "firstPause is " + firstPause + ", it must be at most longestPause, which is " + longestPause);
        }
    }

    /** Waits for what is free in 10 s, pauses for 5 s to 5 min, and waits in line after 10 pauses. */
    public static ConflictPolicy standard() {
        return new ConflictPolicy(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofMinutes(5), 10);
    }

    /**
     * What to do with a task that was refused.
     *
     * @param task the task
     * @param profile what is known of its profile: {@code pool.profiles().view(profileId)}, asked for after the refusal
     * @param reschedules how often it was rescheduled before
     * @param now the time
     * @return what to do, and why
     * @throws IllegalArgumentException if {@code reschedules} is negative
     */
    public ConflictDecision decide(TaskManifest task, ProfileView profile, int reschedules, Instant now) {
        Objects.requireNonNull(task, "task");
        Names.atLeast(0, "reschedules", reschedules);
        boolean exclusive = task.requiresExclusiveProfileLock();
        if (profile.blocks().isEmpty() && hasRoom(profile, exclusive)) {
            return wait("the profile is free by now");
        }
        if (task.humanReviewOnLockConflict()) {
            return new ConflictDecision(
                    ConflictDecision.Action.REVIEW,
                    Optional.empty(),
                    "the task wants a person to decide on a conflict");
        }
        Optional<ProfileBlock> block = profile.blocks().stream().findFirst();
        if (block.map(ProfileBlock::status).equals(Optional.of(ProfileStatus.QUARANTINED))) {
            return skip("the profile is " + block.get().describe() + "; a person has to clear it");
        }
        if (block.filter(b -> b.status() == ProfileStatus.STALE && b.who().equals(task.taskId()))
                .isPresent()) {
            return wait("the profile is kept for this task, which lost it");
        }
        return later(freeAt(profile, exclusive), reschedules, now);
    }

    private static boolean hasRoom(ProfileView profile, boolean exclusive) {
        if (profile.waiting() > 0) {
            return false;
        }
        return profile.owners().isEmpty()
                || (!exclusive
                        && profile.owners().get(0).shared()
                        && profile.owners().size() < profile.rule().maxActive());
    }

    /** At the latest, by what is known; a shared claim needs one owner to go, an exclusive one all of them. */
    private static Optional<Instant> freeAt(ProfileView profile, boolean exclusive) {
        if (!profile.blocks().isEmpty()) {
            return profile.blocks().get(0).until();
        }
        var ends = profile.owners().stream().map(ProfileLock::mustEndBy);
        return exclusive ? ends.max(Instant::compareTo) : ends.min(Instant::compareTo);
    }

    private ConflictDecision later(Optional<Instant> freeAt, int reschedules, Instant now) {
        if (freeAt.filter(at -> !at.isAfter(now.plus(waitAtMost))).isPresent()) {
            return wait("its owner or its block ends at " + freeAt.get());
        }
        if (reschedules >= maxReschedules) {
            return wait("it was rescheduled " + reschedules + " times");
        }
        Instant next = now.plus(pause(reschedules));
        Instant at = freeAt.filter(free -> free.isBefore(next)).orElse(next);
        return new ConflictDecision(
                ConflictDecision.Action.RESCHEDULE,
                Optional.of(at),
                freeAt.map(free -> "its owner or its block ends at " + free)
                        .orElse("nobody knows when the profile is free"));
    }

    private Duration pause(int reschedules) {
        Duration pause = firstPause;
        for (int i = 0; i < reschedules && pause.compareTo(longestPause) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longestPause) < 0 ? pause : longestPause;
    }

    private static ConflictDecision wait(String why) {
        return new ConflictDecision(ConflictDecision.Action.WAIT, Optional.empty(), why);
    }

    private static ConflictDecision skip(String why) {
        return new ConflictDecision(ConflictDecision.Action.SKIP, Optional.empty(), why);
    }
}
