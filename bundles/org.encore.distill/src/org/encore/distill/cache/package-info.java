/** What a teacher said, on disk: the likeliest tokens of every position and the mass of the others. */
@NullMarked
package org.encore.distill.cache;

import org.jspecify.annotations.NullMarked;
