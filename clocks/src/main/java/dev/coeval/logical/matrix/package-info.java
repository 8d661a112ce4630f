/**
 * Matrix clocks: what a process knows of what the others know.
 *
 * <h2>What</h2>
 *
 * A vector clock says which events a process knows. A matrix clock holds such a vector for every
 * process: its own, and for each other one the latest that it has heard of. The smallest count in a
 * column is a number of events that <em>everybody</em> knows.
 *
 * <pre>
 *   a's matrix      a  b  c
 *     a (own row)   5  3  4      a knows 3 events of b
 *     b             4  3  2      as far as a has heard, b knows 4 events of a
 *     c             2  1  4
 *     known by all  2  1  2      whatever these events said, nobody needs to be told again
 * </pre>
 *
 * <h2>When</h2>
 *
 * To throw away safely: log entries, tombstones, messages kept for retransmission, and the entries
 * of actors that have left. The price is a vector for every process in each message; where that is
 * too much, let processes exchange their vectors from time to time instead.
 *
 * <h2>Where to start</h2>
 *
 * {@link dev.coeval.logical.matrix.MatrixClock#knownByAll}; for actors that leave, {@link
 * dev.coeval.logical.matrix.MatrixClock#retire}.
 *
 * <p>Sources: G. T. J. Wuu, A. J. Bernstein, "Efficient solutions to the replicated log and
 * dictionary problems", PODC 1984; S. K. Sarin, N. A. Lynch, "Discarding obsolete information in a
 * replicated database system", IEEE Transactions on Software Engineering 13(1), 1987.
 */
@NullMarked
package dev.coeval.logical.matrix;

import org.jspecify.annotations.NullMarked;
