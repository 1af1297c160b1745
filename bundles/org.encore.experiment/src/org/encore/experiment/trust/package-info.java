/** What an experiment would use outside Encore, and whether its user has agreed to it. */
@NullMarked
package org.encore.experiment.trust;

import org.jspecify.annotations.NullMarked;
