/** Ways to start the processes that do a run's work. */
@NullMarked
package org.encore.experiment.launch;

import org.jspecify.annotations.NullMarked;
