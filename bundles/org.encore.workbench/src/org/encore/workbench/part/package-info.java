/** What the parts of the window share: tables, empty states, the command that does the same, work for the user interface's thread. */
@NullMarked
package org.encore.workbench.part;

import org.jspecify.annotations.NullMarked;
