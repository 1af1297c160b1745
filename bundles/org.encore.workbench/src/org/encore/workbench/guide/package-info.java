/** What may stand in an experiment, and what it means: for completion, hover and forms alike. */
@NullMarked
package org.encore.workbench.guide;

import org.jspecify.annotations.NullMarked;
