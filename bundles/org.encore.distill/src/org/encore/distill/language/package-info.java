/** Language models as teachers: models that go on with a text, and know of no source and target. */
@NullMarked
package org.encore.distill.language;

import org.jspecify.annotations.NullMarked;
