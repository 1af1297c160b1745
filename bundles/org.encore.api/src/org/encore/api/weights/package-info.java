/** Weights by name, and the safetensors format. */
@NullMarked
package org.encore.api.weights;

import org.jspecify.annotations.NullMarked;
