package org.encore.tasks.metric;

import org.encore.api.task.TaskData;

/** Share of outputs that equal a reference, letter by letter but for white space at the ends, in percent; as CodeXGLUE's evaluator counts. */
public final class ExactMatch extends Mean {

    @Override
    double value(String output, TaskData.Example example) {
        return example.references().stream().anyMatch(reference -> reference.strip().equals(output.strip())) ? 1 : 0;
    }
}
