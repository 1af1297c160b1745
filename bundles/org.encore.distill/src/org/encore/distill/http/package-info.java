/** Teachers behind an address: whatever offers completions in OpenAI's form. */
@NullMarked
package org.encore.distill.http;

import org.jspecify.annotations.NullMarked;
