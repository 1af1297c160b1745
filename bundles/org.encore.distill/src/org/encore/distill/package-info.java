/** Teachers that need no more than the API, and what scores rows by any model. */
@NullMarked
package org.encore.distill;

import org.jspecify.annotations.NullMarked;
