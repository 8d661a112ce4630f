/**
 * {@code coeval simulate}: a named scenario of the simulator, its statistics and its picture.
 *
 * <p>Where to start: {@link dev.coeval.examples.simulate.SimulateCommand}.
 */
@NullMarked
package dev.coeval.examples.simulate;

import org.jspecify.annotations.NullMarked;
