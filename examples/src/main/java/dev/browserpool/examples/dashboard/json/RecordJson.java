package dev.browserpool.examples.dashboard.json;

import dev.browserpool.ProfileRecord;
import dev.browserpool.ProfileRecord.Ownership;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a profile.
 *
 * @param kind in capitals, as {@link ProfileRecord.Kind}
 * @param owner who had it, if it was owned
 * @param ended how that ended
 */
public record RecordJson(
        String kind,
        Instant at,
        String who,
        String note,
        ProfileJson.@Nullable OwnerJson owner,
        @Nullable String ended) {

    /** Of a record. */
    public static RecordJson of(ProfileRecord record) {
        return new RecordJson(
                record.kind().name(),
                record.at(),
                record.who(),
                record.note(),
                record.ownership()
                        .map(Ownership::lock)
                        .map(ProfileJson.OwnerJson::of)
                        .orElse(null),
                record.ownership().map(Ownership::ended).map(Enum::name).orElse(null));
    }
}
