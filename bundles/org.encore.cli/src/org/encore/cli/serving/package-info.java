/** The models that {@code encore serve} has on its shelf. */
@NullMarked
package org.encore.cli.serving;

import org.jspecify.annotations.NullMarked;
