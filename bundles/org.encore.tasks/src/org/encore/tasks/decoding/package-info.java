/** Ways to choose tokens. */
@NullMarked
package org.encore.tasks.decoding;

import org.jspecify.annotations.NullMarked;
