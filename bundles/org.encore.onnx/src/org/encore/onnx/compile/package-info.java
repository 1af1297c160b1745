/** From programs to ONNX graphs. */
@NullMarked
package org.encore.onnx.compile;

import org.jspecify.annotations.NullMarked;
