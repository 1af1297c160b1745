/** Trained models as a service: completions in OpenAI's form, over HTTP. */
@NullMarked
package org.encore.serve;

import org.jspecify.annotations.NullMarked;
