/** An experiment being run: stages in order, each once, failures contained, resumed where it stood. Start with {@link org.encore.experiment.process.Runner}. */
@NullMarked
package org.encore.experiment.process;

import org.jspecify.annotations.NullMarked;
