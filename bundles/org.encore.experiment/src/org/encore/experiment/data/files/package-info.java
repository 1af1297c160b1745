/** Files of public data sets: found in folders of the user's, in the cache, or downloaded into it; always with the content that is meant. */
@NullMarked
package org.encore.experiment.data.files;

import org.jspecify.annotations.NullMarked;
