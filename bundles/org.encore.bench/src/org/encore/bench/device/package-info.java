/** What this machine is, and what it can do at most. */
@NullMarked
package org.encore.bench.device;

import org.jspecify.annotations.NullMarked;
