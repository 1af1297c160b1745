/** Plug-ins of the user: bundles in a folder of his, which every process loads when it starts. */
@NullMarked
package org.encore.plugins;

import org.jspecify.annotations.NullMarked;
