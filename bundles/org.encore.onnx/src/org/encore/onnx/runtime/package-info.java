/** Models and generators on ONNX Runtime: sessions, caches, rows. */
@NullMarked
package org.encore.onnx.runtime;

import org.jspecify.annotations.NullMarked;
