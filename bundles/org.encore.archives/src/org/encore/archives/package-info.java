/** Zip files that come from somewhere else: plug-ins and runs. */
@NullMarked
package org.encore.archives;

import org.jspecify.annotations.NullMarked;
