/**
 * Statistics of comparisons: a value with its interval at any confidence ({@link org.encore.bench.statistics.Uncertain}), tests with the smallest p
 * that they can reach, and verdicts.
 *
 * <pre>{@code
 * Uncertain difference = StudentMean.ofDifferences(errorsOfA, errorsOfB);      // one value for each seed
 * switch (Verdict.of(difference, 1.0, true)) { ... }                           // margin 1 point, lower is better
 * }</pre>
 *
 * <p>Over seeds: {@link org.encore.bench.statistics.StudentMean}, {@link org.encore.bench.statistics.SignFlipTest}. Over examples:
 * {@link org.encore.bench.statistics.BcaBootstrap}; over both {@link org.encore.bench.statistics.MeanScore}. Over repeats:
 * {@link org.encore.bench.statistics.Median}, {@link org.encore.bench.statistics.Ratio}. How often each interval holds the truth is simulated in the
 * tests of this bundle; where that is not 95 times in 100, its page says so.
 */
@NullMarked
package org.encore.bench.statistics;

import org.jspecify.annotations.NullMarked;
