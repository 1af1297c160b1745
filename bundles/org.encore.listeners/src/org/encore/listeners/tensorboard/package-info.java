/** Event files as TensorBoard reads them, written without TensorFlow. */
@NullMarked
package org.encore.listeners.tensorboard;

import org.jspecify.annotations.NullMarked;
