/**
 * Tree clocks: vector clocks for analysing traces, which look only at what has changed.
 *
 * <h2>What</h2>
 *
 * A tree clock says what a vector clock says: for every thread, how many of its events are known.
 * It also remembers from whom each count was learned, and when, as a tree:
 *
 * <pre>
 *            thread 1: 7                      1 learned of 2 at its own count 6, of 4 at its count 2;
 *           /           \                     all that is known of 3 came with what 2 told.
 *     at 6 /             \ at 2
 *    thread 2: 4     thread 4: 1              Whoever knows 2's event 4 knows 3's event 5 too, and
 *         |                                   need not look below.
 *    at 3 |
 *    thread 3: 5
 * </pre>
 *
 * A join walks down only while counts are new. A vector clock compares all entries each time.
 *
 * <h2>When</h2>
 *
 * To compute happened-before over long traces of many threads with locks or messages: race
 * detection, checking of logs. The order must be one of happened-before, so a clock ticks after its
 * state was given away; {@link dev.coeval.logical.treeclock.TreeClock} refuses anything else. Where
 * the trace has no locality, trees cannot help, and the clock turns itself into a plain vector. For
 * stamps that are kept and sent, take {@link dev.coeval.logical.vector}.
 *
 * <h2>Where to start</h2>
 *
 * {@link dev.coeval.logical.treeclock.TreeClock}: one that is owned for each thread, one that is
 * blank for each lock or message.
 *
 * <p>Source: U. Mathur, H. C. Tunç, A. Pavlogiannis, M. Viswanathan, "A tree clock data structure
 * for causal orderings in concurrent executions", ASPLOS 2022.
 */
@NullMarked
package dev.coeval.logical.treeclock;

import org.jspecify.annotations.NullMarked;
