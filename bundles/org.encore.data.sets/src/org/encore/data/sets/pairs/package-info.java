/** A task of pairs of texts in files of the user's. */
@NullMarked
package org.encore.data.sets.pairs;

import org.jspecify.annotations.NullMarked;
