/** The first page: from nothing to a running experiment. */
@NullMarked
package org.encore.workbench.welcome;

import org.jspecify.annotations.NullMarked;
