/** What a model costs, computed from its graph: parameters, floating-point operations, bytes. Modelled, never measured. */
@NullMarked
package org.encore.cost;

import org.jspecify.annotations.NullMarked;
