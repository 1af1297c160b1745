/** The stages of an experiment as a graph: drawn, changed, configured, followed. */
@NullMarked
package org.encore.workbench.pipeline;

import org.jspecify.annotations.NullMarked;
