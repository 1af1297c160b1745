/** Files that nobody would write: whatever they hold, readers refuse them in a sentence, at once, and without taking memory that the file does not pay for. */
@NullMarked
package org.encore.experiment.tests.fuzz;

import org.jspecify.annotations.NullMarked;
