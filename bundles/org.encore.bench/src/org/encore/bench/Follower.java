package org.encore.bench;

/** Is told how a race goes, between its turns: what it does is not timed, but delays the next turn. */
public interface Follower {

    /** A sample that counts, unless its repeat is voided later. */
    void counted(Sample sample);

    /** A repeat that counts is over and the next has not begun: the place for what takes time. @param repeat from 0 */
    default void repeated(int repeat) {}

    /** A repeat that does not count is over. @param repeat from 1 */
    default void warmed(int repeat) {}
}
