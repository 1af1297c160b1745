/** What tasks are made of: tokenizers here, metrics and decodings in their packages. */
@NullMarked
package org.encore.tasks;

import org.jspecify.annotations.NullMarked;
