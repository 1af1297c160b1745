/** The data stage, and pairs as batches. */
@NullMarked
package org.encore.experiment.data;

import org.jspecify.annotations.NullMarked;
