/**
 * What the synchronizers cost: bytes to values and back, an answer, an update of the estimate, and
 * the simulator that runs them all.
 */
@NullMarked
package dev.coeval.bench.sync;

import org.jspecify.annotations.NullMarked;
