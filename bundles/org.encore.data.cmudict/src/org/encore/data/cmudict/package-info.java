/** The CMU Pronouncing Dictionary as a task. The dictionary is taken from its package at build time. */
@NullMarked
package org.encore.data.cmudict;

import org.jspecify.annotations.NullMarked;
