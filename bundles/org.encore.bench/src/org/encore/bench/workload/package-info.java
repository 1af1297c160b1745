/** What a model is asked to do in one turn of a race: one request, several at a time, a conversation, or requests as they arrive. */
@NullMarked
package org.encore.bench.workload;

import org.jspecify.annotations.NullMarked;
