/** The Compare perspective: what runs have found, side by side, and what may be said of it. */
@NullMarked
package org.encore.workbench.compare;

import org.jspecify.annotations.NullMarked;
