/** Generation: backends load models, generators produce logits, decodings choose tokens. */
@NullMarked
package org.encore.api.inference;

import org.jspecify.annotations.NullMarked;
