/** What a run found, read from its folder. Start with {@link org.encore.experiment.result.RunResults}. */
@NullMarked
package org.encore.experiment.result;

import org.jspecify.annotations.NullMarked;
