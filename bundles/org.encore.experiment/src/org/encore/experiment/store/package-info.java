/** Finished stages, found again by what went into them. */
@NullMarked
package org.encore.experiment.store;

import org.jspecify.annotations.NullMarked;
