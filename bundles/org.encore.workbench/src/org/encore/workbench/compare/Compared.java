package org.encore.workbench.compare;

import java.util.List;

import org.encore.compare.Comparison;
import org.encore.experiment.result.RunResults;

/**
 * What is compared; never changed once it was made.
 *
 * @param runs in the order in which they were chosen
 * @param chosen the variants that were chosen of them
 * @param comparison what may be said
 */
record Compared(List<RunResults> runs, List<Result> chosen, Comparison comparison) {}
