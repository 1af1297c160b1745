/** One execution of a stage: described so that any process can do it. {@link org.encore.experiment.job.Execution} does one. */
@NullMarked
package org.encore.experiment.job;

import org.jspecify.annotations.NullMarked;
