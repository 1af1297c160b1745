/** The extension points and what is contributed to them. */
@NullMarked
package org.encore.api.extension;

import org.jspecify.annotations.NullMarked;
