/**
 * The window: it reads run folders and starts headless processes; it never trains itself. {@link org.encore.workbench.WorkbenchApplication} opens it;
 * each package below is one perspective, or what all of them share.
 */
@NullMarked
package org.encore.workbench;

import org.jspecify.annotations.NullMarked;
