/** A run on disk: its folder, its events, and how to follow them. */
@NullMarked
package org.encore.experiment.run;

import org.jspecify.annotations.NullMarked;
