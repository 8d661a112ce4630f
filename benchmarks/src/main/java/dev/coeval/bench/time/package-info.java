/** What it costs to read a clock: ours beside the reads of the operating system they stand on. */
@NullMarked
package dev.coeval.bench.time;

import org.jspecify.annotations.NullMarked;
