package dev.browserpool.memory;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The blocks that end by themselves, by their ends: any of them comes and goes in O(log n). */
final class Dues {
    private final TreeSet<Block> blocks = new TreeSet<>(Dues::byEnd);

    /** When the first of them ends: read in every step, so it is kept beside them. */
    private long next = Block.NEVER;

    private static int byEnd(Block one, Block other) {
        int byEnd = Long.compare(one.until, other.until);
        return byEnd != 0 ? byEnd : Long.compare(one.number, other.number);
    }

    /** Sets when a block ends; {@link Block#NEVER} for not by itself. */
    void endAt(Block block, long until) {
        blocks.remove(block);
        block.until = until;
        if (until != Block.NEVER) {
            blocks.add(block);
        }
        look();
    }

    void remove(Block block) {
        blocks.remove(block);
        look();
    }

    private void look() {
        next = blocks.isEmpty() ? Block.NEVER : blocks.first().until;
    }

    /** The one whose end has come, if there is one. */
    @Nullable
    Block overdue(long now) {
        return next <= now ? blocks.first() : null;
    }

    long next() {
        return next;
    }
}
