/** The first text of an experiment, from choices: with what it amounts to and would take, before anything starts. */
@NullMarked
package org.encore.workbench.wizard;

import org.jspecify.annotations.NullMarked;
