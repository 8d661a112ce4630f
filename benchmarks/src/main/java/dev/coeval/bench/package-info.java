/** Benchmarks: what a call costs, and how far clocks stay apart. */
@NullMarked
package dev.coeval.bench;

import org.jspecify.annotations.NullMarked;
