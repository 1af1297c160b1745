/** Equal size for all variants: widths solved for a goal. */
@NullMarked
package org.encore.experiment.match;

import org.jspecify.annotations.NullMarked;
