package dev.browserpool.examples.scheduler;

/** The work met something that no program should go on from: its profile waits for a person. */
public final class PersonNeededException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With what the person has to know; what is beyond 190 characters is cut off. */
    public PersonNeededException(String why, Throwable cause) {
        super(why, cause);
    }

    /** What the person has to know. */
    public String why() {
        return String.valueOf(getMessage());
    }
}
