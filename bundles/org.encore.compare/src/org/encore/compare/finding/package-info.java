/** What a reader should know before he believes a result. */
@NullMarked
package org.encore.compare.finding;

import org.jspecify.annotations.NullMarked;
