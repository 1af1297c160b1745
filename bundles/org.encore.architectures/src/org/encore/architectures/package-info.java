/** The built-in architectures, one readable file each; contributed like everyone else's. */
@NullMarked
package org.encore.architectures;

import org.jspecify.annotations.NullMarked;
