/**
 * Charts as SVG: what Java2D draws is written as shapes and text, so that it is sharp at every size, its text can be selected, and its colours can
 * follow the page. Start with {@link org.encore.report.svg.Svg}.
 */
@NullMarked
package org.encore.report.svg;

import org.jspecify.annotations.NullMarked;
