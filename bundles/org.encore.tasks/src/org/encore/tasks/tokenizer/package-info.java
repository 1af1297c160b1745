/** Tokenizers: a token for each letter or each word. */
@NullMarked
package org.encore.tasks.tokenizer;

import org.jspecify.annotations.NullMarked;
