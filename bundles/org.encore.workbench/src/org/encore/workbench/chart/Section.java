package org.encore.workbench.chart;

import org.jfree.chart.axis.ValueAxis;
import org.jfree.data.Range;
import org.jspecify.annotations.Nullable;

/**
 * What of a chart is seen.
 *
 * @param across from left to right; null for all of it, however it grows
 * @param up from below; null for all of it
 */
public record Section(@Nullable Range across, @Nullable Range up) {

    /** Everything. */
    static final Section ALL = new Section(null, null);

    /** Whether everything is seen. */
    public boolean whole() {
        return across == null && up == null;
    }

    /** The axis with that range, if there is one. */
    static ValueAxis apply(ValueAxis axis, @Nullable Range range) {
        if (range != null) {
            axis.setRange(range, true, false);
        }
        return axis;
    }
}
