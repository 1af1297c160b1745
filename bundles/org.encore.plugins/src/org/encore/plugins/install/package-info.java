/** Getting plug-ins from files, folders, archives and addresses, and putting them into the folder. */
@NullMarked
package org.encore.plugins.install;

import org.jspecify.annotations.NullMarked;
