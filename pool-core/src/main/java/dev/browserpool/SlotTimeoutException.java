package dev.browserpool;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A request waited as long as it may and got no slot. */
public final class SlotTimeoutException extends BrowserPoolException {
    private static final long serialVersionUID = 1L;

    private final String requestId;
    private final Duration timeout;
    private final int position;
    private final transient List<Holder> holders;
    private final transient Optional<ProfileLock> profileOwner;
    private final transient Optional<ProfileBlock> profileBlock;
    private final transient Outlook outlook;

    /**
     * What it had to expect when it gave up.
     *
     * @param estimatedWait how long it would have had to wait from then on; see {@link PoolStatus.Waiting#estimatedWait()}
     * @param loadTest the load test that had the pool then
     */
    public record Outlook(Optional<Duration> estimatedWait, Optional<LoadTest> loadTest) {
        private String describe() {
            return loadTest.map(test -> "; the pool is taken by " + test.describe())
                            .orElse("")
                    + estimatedWait
                            .map(wait -> "; by recent run times it would have had to wait " + shown(wait) + " more")
                            .orElse("");
        }

        private static String shown(Duration wait) {
            return wait.toSeconds() < 120
                    ? "about " + Math.max(1, wait.toSeconds()) + " s"
                    : "about " + wait.toMinutes() + " min";
        }
    }

    /** Made by the pool. */
    public SlotTimeoutException(
            SlotRequest request,
            Duration timeout,
            int position,
            List<Holder> holders,
            Optional<ProfileLock> profileOwner,
            Optional<ProfileBlock> profileBlock,
            Outlook outlook) {
        super(message(request, timeout, position, holders, profileOwner, profileBlock, outlook));
        this.outlook = outlook;
        this.requestId = request.requestId();
        this.timeout = timeout;
        this.position = position;
        this.holders = List.copyOf(holders);
        this.profileOwner = profileOwner;
        this.profileBlock = profileBlock;
    }

    private static String message(
            SlotRequest request,
            Duration timeout,
            int position,
            List<Holder> holders,
            Optional<ProfileLock> owner,
            Optional<ProfileBlock> block,
            Outlook outlook) {
        String what =
                request.profile().map(p -> "slot with profile " + p.profileId()).orElse("slot");
        return "request " + request.requestId() + " got no " + what + " within " + timeout
                + (position > 0 ? ", at position " + position : "")
                + owner.map(o -> "; the profile is held by " + o.owner().describe())
                        .orElse("")
                + block.map(b -> "; the profile is " + b.describe()).orElse("")
                + outlook.describe()
                + holding(position, holders);
    }

    private static String holding(int position, List<Holder> holders) {
        if (holders.isEmpty()) {
            return position > 0 ? "; no slot is in use" : "; who holds slots is not known";
        }
        return "; the oldest holder is " + holders.get(0) + ", the first ten are "
                + holders.stream().map(Holder::requestId).collect(Collectors.joining(", "))
                + "; wait longer, raise maxBrowsers, or take one back with pool.operations().revoke(id, reason)";
    }

    /** Who waited. */
    public String requestId() {
        return requestId;
    }

    /** For how long. */
    public Duration timeout() {
        return timeout;
    }

    /** The position in line at the end, 1 for the oldest; 0 if it is not known. */
    public int position() {
        return position;
    }

    /** Who held slots at the end, oldest first, ten at most. */
    public List<Holder> holders() {
        return holders;
    }

    /** Who has held a slot for the longest. */
    public Optional<Holder> oldest() {
        return holders.stream().findFirst();
    }

    /** Who held the claimed profile; empty if none was claimed or it was free. */
    public Optional<ProfileLock> profileOwner() {
        return profileOwner;
    }

    /** Why nobody gets the claimed profile, if that is so: checked out, quarantined, held outside, kept for another task. */
    public Optional<ProfileBlock> profileBlock() {
        return profileBlock;
    }

    /** How long it would have had to wait from then on, by recent run times; empty if that is not known. */
    public Optional<Duration> estimatedWait() {
        return outlook.estimatedWait();
    }

    /** The load test that had the pool when the time was over. */
    public Optional<LoadTest> loadTest() {
        return outlook.loadTest();
    }
}
