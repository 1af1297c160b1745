/** The text form of programs and models, and the structural hash. */
@NullMarked
package org.encore.graph.text;

import org.jspecify.annotations.NullMarked;
