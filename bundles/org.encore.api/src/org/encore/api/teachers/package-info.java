/** Teachers: whatever tells a student what should come next. */
@NullMarked
package org.encore.api.teachers;

import org.jspecify.annotations.NullMarked;
