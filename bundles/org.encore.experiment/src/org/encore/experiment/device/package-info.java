/** The limits of this machine, measured once and kept; what choices of an experiment cannot run here. */
@NullMarked
package org.encore.experiment.device;

import org.jspecify.annotations.NullMarked;
