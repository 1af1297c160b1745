/** Teachers of an experiment, what they said, and the students that learn from it. */
@NullMarked
package org.encore.experiment.distil;

import org.jspecify.annotations.NullMarked;
