package dev.browserpool.spi;

/**
 * The name under which a ledger knows one attempt of one request. Made by the engine, never reused, so that every call can be
 * repeated safely.
 *
 * @param member the pool instance that made it
 * @param number counted up by that instance
 */
public record Ticket(String member, long number) {
    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ticket t && t.number == number && t.member.equals(member);
    }
}
