/** What a machine can do at most, measured through whatever is installed that can load it. */
@NullMarked
package org.encore.api.device;

import org.jspecify.annotations.NullMarked;
