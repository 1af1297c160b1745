/** The train stage. */
@NullMarked
package org.encore.experiment.train;

import org.jspecify.annotations.NullMarked;
