/** The benchmark stage: latency in pairs, and memory in a process of its own. */
@NullMarked
package org.encore.experiment.benchmark;

import org.jspecify.annotations.NullMarked;
