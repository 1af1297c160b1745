/** ONNX files: just enough of protocol buffers to write them. */
@NullMarked
package org.encore.onnx.proto;

import org.jspecify.annotations.NullMarked;
