/**
 * Jazzer's targets: whatever reads bytes of the network or a file gives a value or a reason, never
 * anything else, and writes what it read as the very bytes it was read from.
 *
 * <p>A normal build replays the seeds: those made here, and those in the folders {@code
 * XxxFuzzTestInputs} of the test resources, which also hold what searches found worth keeping. The
 * profile {@code fuzz} searches.
 */
package dev.coeval.sync.fuzz;
