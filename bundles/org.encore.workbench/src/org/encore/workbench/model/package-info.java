/**
 * Trained models opened in the window: inspected part by part, and asked side by side. Through the registry: no architecture or backend is known
 * here.
 */
@NullMarked
package org.encore.workbench.model;

import org.jspecify.annotations.NullMarked;
