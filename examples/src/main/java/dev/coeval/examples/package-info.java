/** The {@code coeval} command, and numbered lessons with one concept a file. */
@NullMarked
package dev.coeval.examples;

import org.jspecify.annotations.NullMarked;
