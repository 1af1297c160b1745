/** Metrology: models timed in turns, medians and ratios with intervals, memory, and the machine that it was measured on. */
@NullMarked
package org.encore.bench;

import org.jspecify.annotations.NullMarked;
