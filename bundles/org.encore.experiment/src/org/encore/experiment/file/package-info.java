/** Experiment files as they lie on disk: what one extends, what the command line sets. */
@NullMarked
package org.encore.experiment.file;

import org.jspecify.annotations.NullMarked;
