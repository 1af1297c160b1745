/** Experiment files described as JSON Schema, for editors. */
@NullMarked
package org.encore.experiment.schema;

import org.jspecify.annotations.NullMarked;
