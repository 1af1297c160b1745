/**
 * The wire format of protocol buffers, as far as ONNX models and TensorBoard's event files need it: written, never read.
 */
@NullMarked
package org.encore.protobuf;

import org.jspecify.annotations.NullMarked;
