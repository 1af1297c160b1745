/** The Run perspective: runs, their charts as they happen, their stages, their log; runs are started and stopped here. */
@NullMarked
package org.encore.workbench.run;

import org.jspecify.annotations.NullMarked;
