/** The evaluate stage: outputs for held-out sources, and their scores. */
@NullMarked
package org.encore.experiment.evaluate;

import org.jspecify.annotations.NullMarked;
