/** Checks of results, one idea each, without state. */
@NullMarked
package org.encore.compare.rule;

import org.jspecify.annotations.NullMarked;
