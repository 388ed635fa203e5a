package dev.browserpool.engine;

import dev.browserpool.ProfileLock;
import dev.browserpool.ProfileLocks;
import dev.browserpool.ProfileRule;
import dev.browserpool.spi.Act;
import dev.browserpool.spi.LockFacts;
import dev.browserpool.spi.Query;
import java.util.List;

/** Who owns which profile, as questions to the ledger. */
final class Locks implements ProfileLocks {
    private final Core core;

    Locks(Core core) {
        this.core = core;
    }

    @Override
    public List<ProfileLock> current(String profileId) {
        return locks(new Query.Owners(ProfileRule.defaultFor(profileId).profileId()));
    }

    @Override
    public List<ProfileLock> all() {
        return locks(new Query.AllOwners());
    }

    private List<ProfileLock> locks(Query<List<LockFacts>> query) {
        return core.calls.ask(() -> core.ledger().read(query)).stream()
                .map(core.views::lock)
                .toList();
    }

    @Override
    public ProfileRule rule(String profileId) {
        ProfileRule otherwise = ProfileRule.defaultFor(profileId); // refuses what is no name
        return core.calls.ask(() -> core.ledger().read(new Query.Rule(otherwise.profileId())));
    }

    @Override
    public void setRule(ProfileRule rule) {
        int unused = core.calls.order(() -> core.ledger().govern(new Act.SetRule(rule)));
    }
}
