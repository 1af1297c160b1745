/** From axes to models: which options each model has. */
@NullMarked
package org.encore.experiment.matrix;

import org.jspecify.annotations.NullMarked;
