/**
 * Tasks of public data sets. No data are in the bundle: files are found by name and digest, in a folder of the user's, in the cache, or by
 * download.
 */
@NullMarked
package org.encore.data.sets;

import org.jspecify.annotations.NullMarked;
