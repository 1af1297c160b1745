/** What this is made of: versions and licences. */
@NullMarked
package org.encore.workbench.about;

import org.jspecify.annotations.NullMarked;
