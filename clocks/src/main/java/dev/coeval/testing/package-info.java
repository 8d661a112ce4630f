/**
 * Clocks for tests: time that stands until it is moved, and time that drifts on purpose.
 *
 * <p>Both hand out a {@link dev.coeval.time.ClockReader}, which is all that the rest of Coeval ever
 * reads a clock through; so a program built on it can be tested without sleeping. Shipped in the
 * main jar, so that users can test their own code with them.
 */
@NullMarked
package dev.coeval.testing;

import org.jspecify.annotations.NullMarked;
