/** Inference on ONNX Runtime: graphs compiled to ONNX, run or written to files. */
@NullMarked
package org.encore.onnx;

import org.jspecify.annotations.NullMarked;
