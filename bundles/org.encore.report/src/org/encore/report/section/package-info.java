/** The built-in sections of the page. */
@NullMarked
package org.encore.report.section;

import org.jspecify.annotations.NullMarked;
