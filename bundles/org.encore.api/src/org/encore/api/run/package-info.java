/**
 * Runs: the {@link org.encore.api.run.Stage}s of a pipeline, the {@link org.encore.api.run.Event}s that they report, and what may be added to
 * a report.
 */
@NullMarked
package org.encore.api.run;

import org.jspecify.annotations.NullMarked;
