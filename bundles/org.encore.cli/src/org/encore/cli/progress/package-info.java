/** What a run prints while it goes on. */
@NullMarked
package org.encore.cli.progress;

import org.jspecify.annotations.NullMarked;
