/** What a run found, for people: a table, charts, a page. */
@NullMarked
package org.encore.report;

import org.jspecify.annotations.NullMarked;
