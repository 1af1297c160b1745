/** Options of training chosen by trials, the same number for every variant. */
@NullMarked
package org.encore.experiment.tune;

import org.jspecify.annotations.NullMarked;
