/** This machine: what can compute here, what is missing and why, and how fast it can be at most. */
@NullMarked
package org.encore.workbench.device;

import org.jspecify.annotations.NullMarked;
