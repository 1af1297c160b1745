/** From graphs to TorchScript source and archives. */
@NullMarked
package org.encore.torch.script;

import org.jspecify.annotations.NullMarked;
