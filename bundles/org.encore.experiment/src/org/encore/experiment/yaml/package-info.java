/** Experiment files: read with every value's place, written with every default filled in. */
@NullMarked
package org.encore.experiment.yaml;

import org.jspecify.annotations.NullMarked;
