/**
 * What trackers of experiments understand: values of named series by step, and parameters by name. {@link org.encore.listeners.series.Series} makes
 * them from events.
 */
@NullMarked
package org.encore.listeners.series;

import org.jspecify.annotations.NullMarked;
