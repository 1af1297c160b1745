/** Results as text: the table, and statements with their intervals. */
@NullMarked
package org.encore.report.table;

import org.jspecify.annotations.NullMarked;
