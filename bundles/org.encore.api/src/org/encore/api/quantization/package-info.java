/** Quantisation: which matrices of a model are stored in which form, and how numbers become codes. */
@NullMarked
package org.encore.api.quantization;

import org.jspecify.annotations.NullMarked;
