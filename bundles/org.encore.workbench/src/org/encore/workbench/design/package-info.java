/** The Design perspective: experiment files, edited with the help of the same option records that read them. */
@NullMarked
package org.encore.workbench.design;

import org.jspecify.annotations.NullMarked;
