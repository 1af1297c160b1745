/** Charts of org.encore.report shown in the window: drawn beside the user interface's thread, moved and scaled by mouse and keys, exported. */
@NullMarked
package org.encore.workbench.chart;

import org.jspecify.annotations.NullMarked;
