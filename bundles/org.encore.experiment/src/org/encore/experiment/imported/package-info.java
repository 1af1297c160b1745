/** Models that others have trained, in a folder of ours. */
@NullMarked
package org.encore.experiment.imported;

import org.jspecify.annotations.NullMarked;
