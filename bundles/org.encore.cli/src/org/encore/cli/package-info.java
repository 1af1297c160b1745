/** The command line: the headless application, its commands and its progress display. */
@NullMarked
package org.encore.cli;

import org.jspecify.annotations.NullMarked;
