/** What training minimises, and how the learning rate moves. */
@NullMarked
package org.encore.objectives;

import org.jspecify.annotations.NullMarked;
