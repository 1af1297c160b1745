/** The window: runs, their loss as it happens, their log. It reads run folders and starts headless processes; it never trains itself. */
@NullMarked
package org.encore.workbench;

import org.jspecify.annotations.NullMarked;
