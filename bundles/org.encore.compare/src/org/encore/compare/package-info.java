/**
 * What may be said of models beside each other: differences with intervals, verdicts in words, and findings. Start with
 * {@link org.encore.compare.Comparison}; terminal, report and window all show the same one.
 */
@NullMarked
package org.encore.compare;

import org.jspecify.annotations.NullMarked;
