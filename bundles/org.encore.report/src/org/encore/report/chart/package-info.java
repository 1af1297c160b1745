/** Charts of runs, drawn with JFreeChart. */
@NullMarked
package org.encore.report.chart;

import org.jspecify.annotations.NullMarked;
