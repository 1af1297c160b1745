/** What an experiment amounts to: models of equal size, and stages with keys. */
@NullMarked
package org.encore.experiment.plan;

import org.jspecify.annotations.NullMarked;
