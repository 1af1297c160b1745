package org.encore.api.teachers;

import java.util.List;

/** A teacher that gives whole outputs: a program, a service, people. Students learn its answers as if they were labels. */
public non-sealed interface Answering extends TeacherSession {

    /**
     * Its answers, as targets of the task are written.
     *
     * @param sources as the task's data have them
     * @return one for each source, in their order; empty where it has none
     * @throws org.encore.api.Unavailable if it stops answering; what was answered by earlier calls stays valid
     */
    List<String> answer(List<String> sources);
}
