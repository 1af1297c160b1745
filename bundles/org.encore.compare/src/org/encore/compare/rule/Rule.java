package org.encore.compare.rule;

import java.util.List;

import org.encore.compare.Contrast;
import org.encore.compare.Question;
import org.encore.compare.finding.Finding;
import org.encore.experiment.result.RunResults;

/** A check of results. */
@FunctionalInterface
interface Rule {

    /**
     * What there is to look at.
     *
     * @param runs one, or several that are compared
     * @param question asked, if any
     * @param contrasts that were drawn
     */
    record Evidence(List<RunResults> runs, Question question, List<Contrast> contrasts) {}

    /** What it finds; nothing if all is well, or if there is nothing to look at. */
    List<Finding> check(Evidence evidence);
}
