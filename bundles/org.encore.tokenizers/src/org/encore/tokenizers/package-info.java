/** Tokenizers of pieces of words: learnt here, or read from a Hugging Face {@code tokenizer.json}. Both encode through Hugging Face's own library. */
@NullMarked
package org.encore.tokenizers;

import org.jspecify.annotations.NullMarked;
