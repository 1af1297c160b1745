/** The export stage: trained models in formats that others read. */
@NullMarked
package org.encore.experiment.export;

import org.jspecify.annotations.NullMarked;
