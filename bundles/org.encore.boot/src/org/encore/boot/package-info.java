/** The class that the launcher script starts. */
package org.encore.boot;
