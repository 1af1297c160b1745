/** Options: records whose components say what they are, bound from YAML with exact errors. */
@NullMarked
package org.encore.api.option;

import org.jspecify.annotations.NullMarked;
