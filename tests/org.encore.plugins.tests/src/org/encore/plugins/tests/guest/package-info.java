/** Classes that tests put into jars of plug-ins; a plug-in has its own copy of them. */
package org.encore.plugins.tests.guest;
