/** A task that nothing is learnt from. */
@NullMarked
package org.encore.tasks;

import org.jspecify.annotations.NullMarked;
