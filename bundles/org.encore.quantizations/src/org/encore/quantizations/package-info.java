/** The built-in quantisation schemes; contributed like everyone else's. */
@NullMarked
package org.encore.quantizations;

import org.jspecify.annotations.NullMarked;
