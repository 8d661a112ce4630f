/** What the logical clocks cost: an event, a message received, a comparison. */
@NullMarked
package dev.coeval.bench.logical;

import org.jspecify.annotations.NullMarked;
