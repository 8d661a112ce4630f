/**
 * How large a network the simulator bears: thousands of nodes in a tree of strata and in a random
 * graph, an hour of their time, with the events a second and the memory a node that it takes.
 *
 * <p>Where to start: {@link dev.coeval.bench.scale.ScaleRun}, the command.
 */
@NullMarked
package dev.coeval.bench.scale;

import org.jspecify.annotations.NullMarked;
