/** Models as ONNX files that other programs read: names, sizes, weights, description. */
@NullMarked
package org.encore.onnx.export;

import org.jspecify.annotations.NullMarked;
