/** The oracle: an interpreter in plain Java and double precision, slow and obviously right. */
@NullMarked
package org.encore.reference;

import org.jspecify.annotations.NullMarked;
