/**
 * What every architecture must hold to, as checks in plain Java: the built-in ones are held to them, and those of plug-ins can be. Begin with
 * {@link org.encore.testing.ArchitectureLaws}.
 */
@NullMarked
package org.encore.testing;

import org.jspecify.annotations.NullMarked;
