package dev.browserpool;

import dev.browserpool.AccountRouter.Route;
import dev.browserpool.UnroutableTaskException.Reason;
import java.util.Collection;
import java.util.List;

/** The words in which an {@link AccountRouter} refuses a task. */
final class Unroutable {
    private static final int MOST_SHOWN = 10;

    private Unroutable() {}

    static UnroutableTaskException namesNothing(TaskManifest task, Collection<String> accounts) {
        return refusal(
                task,
                Reason.NAMES_NOTHING,
                "it names neither an account nor a profile; name an account, known are " + some(accounts),
                accounts);
    }

    static UnroutableTaskException unknownAccount(TaskManifest task, String account, Collection<String> accounts) {
        return refusal(
                task,
                Reason.UNKNOWN_ACCOUNT,
                "account '" + account + "' has no route; known are " + some(accounts),
                accounts);
    }

    static UnroutableTaskException unknownProfile(TaskManifest task, String profile, Collection<String> profiles) {
        String ofAccount =
                task.accountId().map(id -> " of account '" + id + "'").orElse("");
        return refusal(
                task,
                Reason.UNKNOWN_PROFILE,
                "profile '" + profile + "' has no route; known" + ofAccount + " are " + some(profiles),
                profiles);
    }

    static UnroutableTaskException severalProfiles(TaskManifest task, String account, Collection<String> profiles) {
        return refusal(
                task,
                Reason.SEVERAL_PROFILES,
                "account '" + account + "' has several profiles; name one of " + some(profiles),
                profiles);
    }

    static UnroutableTaskException profileOfAnother(TaskManifest task, Route route, String account) {
        return refusal(
                task,
                Reason.PROFILE_OF_ANOTHER_ACCOUNT,
                "profile '" + route.profileId() + "' belongs to account '" + route.accountId() + "', not to '" + account
                        + "'; leave one of the two out",
                List.of(route.accountId()));
    }

    static UnroutableTaskException otherProxy(TaskManifest task, Route route, String proxy, String expected) {
        return refusal(
                task,
                Reason.OTHER_PROXY,
                "it wants proxy '" + proxy + "', and profile '" + route.profileId() + "' is only used through '"
                        + expected + "'; leave the proxy out",
                List.of(expected));
    }

    private static UnroutableTaskException refusal(
            TaskManifest task, Reason reason, String why, Collection<String> candidates) {
        return new UnroutableTaskException(task.taskId(), reason, why, List.copyOf(candidates));
    }

    private static String some(Collection<String> names) {
        return names.stream().limit(MOST_SHOWN).toList()
                + (names.size() > MOST_SHOWN ? " and " + (names.size() - MOST_SHOWN) + " more" : "");
    }
}
