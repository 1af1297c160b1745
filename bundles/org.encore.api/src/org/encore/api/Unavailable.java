package org.encore.api;

/** Something that is not on this machine: what, and how to get it. Shown as one line, never as a stack trace. */
public final class Unavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String reason;
    private final String remedy;

    /**
     * @param reason what is missing
     * @param remedy how to get it
     */
    public Unavailable(String reason, String remedy) {
        super(reason + ". " + remedy);
        this.reason = reason;
        this.remedy = remedy;
    }

    /** The same as an answer to a probe. */
    public Availability.Missing missing() {
        return new Availability.Missing(reason, remedy);
    }

    /** How to get it. */
    public String remedy() {
        return remedy;
    }
}
