package org.encore.api.teachers;

/** A teacher that is ready. Not thread-safe. */
public sealed interface TeacherSession extends AutoCloseable permits Scoring, Answering {

    /** One line for people: what it is. */
    String description();

    /** Hexadecimal digest of what its answers depend on: teachers of one fingerprint say the same. */
    String fingerprint();

    /**
     * What was spent on its answers until now.
     *
     * @since 0.1.0
     */
    default Spent spent() {
        return Spent.NOTHING;
    }

    @Override
    void close();
}
