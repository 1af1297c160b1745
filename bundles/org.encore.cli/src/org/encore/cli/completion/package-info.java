/** Completion of the command line: a script for each shell, made from the commands and from what is installed. */
@NullMarked
package org.encore.cli.completion;

import org.jspecify.annotations.NullMarked;
