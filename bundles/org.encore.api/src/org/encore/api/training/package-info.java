/** Training: trainers, objectives, schedules. */
@NullMarked
package org.encore.api.training;

import org.jspecify.annotations.NullMarked;
