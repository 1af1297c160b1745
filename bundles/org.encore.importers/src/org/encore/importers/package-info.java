/** Formats of models that others have trained. */
@NullMarked
package org.encore.importers;

import org.jspecify.annotations.NullMarked;
