package org.encore.api.teachers;

/** A teacher that is ready. Not thread-safe. */
public sealed interface TeacherSession extends AutoCloseable permits Scoring, Answering {

    /** One line for people: what it is. */
    String description();

    /** Hexadecimal digest of what its answers depend on: teachers of one fingerprint say the same. */
    String fingerprint();

    @Override
    void close();
}
