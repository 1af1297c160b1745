/** Tasks: data, tokens, metrics. */
@NullMarked
package org.encore.api.task;

import org.jspecify.annotations.NullMarked;
