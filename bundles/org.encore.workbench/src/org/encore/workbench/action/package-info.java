/** What menus, the toolbar and keys do. */
@NullMarked
package org.encore.workbench.action;

import org.jspecify.annotations.NullMarked;
