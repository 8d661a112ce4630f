/** Short numbered lessons, one concept a file; each is run by a test. */
@NullMarked
package dev.coeval.examples.lessons;

import org.jspecify.annotations.NullMarked;
