/** Training on libtorch: graphs compiled to TorchScript, run through DJL's bindings. */
@NullMarked
package org.encore.torch;

import org.jspecify.annotations.NullMarked;
