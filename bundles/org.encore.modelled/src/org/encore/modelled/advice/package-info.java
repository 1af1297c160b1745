/** Which model to take for given lengths, device and limits: candidates, what is known of each, and a choice by a fixed rule. */
@NullMarked
package org.encore.modelled.advice;

import org.jspecify.annotations.NullMarked;
