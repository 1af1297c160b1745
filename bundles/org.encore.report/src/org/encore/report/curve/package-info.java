/** Curves over the tokens seen, as long as a training makes them: what is between any two places is known at once, at any resolution. */
@NullMarked
package org.encore.report.curve;

import org.jspecify.annotations.NullMarked;
