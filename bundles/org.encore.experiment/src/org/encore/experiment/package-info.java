/** Experiments: read from YAML, planned, run stage by stage, kept in folders. */
@NullMarked
package org.encore.experiment;

import org.jspecify.annotations.NullMarked;
