/** Plug-ins as the window shows them: what is there, and what is wrong with it. */
@NullMarked
package org.encore.workbench.plugin;

import org.jspecify.annotations.NullMarked;
