/** Rules that hold for the code as a whole, and laws that hold for all values. */
package org.encore.rules;
