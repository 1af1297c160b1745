/** What extensions of Encore share. */
@NullMarked
package org.encore.api;

import org.jspecify.annotations.NullMarked;
