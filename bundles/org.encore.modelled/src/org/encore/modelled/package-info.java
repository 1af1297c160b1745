/** What models would cost on devices that are not here, computed from their cards; and how far such numbers were off on this machine. */
@NullMarked
package org.encore.modelled;

import org.jspecify.annotations.NullMarked;
