/** Graphs that Encore has not compiled, or has written for others: language models with caches, as Hugging Face's tools export them, and own exports. */
@NullMarked
package org.encore.onnx.foreign;

import org.jspecify.annotations.NullMarked;
