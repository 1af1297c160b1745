/** Scores of outputs against several right answers. */
@NullMarked
package org.encore.tasks.metric;

import org.jspecify.annotations.NullMarked;
