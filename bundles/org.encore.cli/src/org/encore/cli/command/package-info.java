/** One class for each command. */
@NullMarked
package org.encore.cli.command;

import org.jspecify.annotations.NullMarked;
