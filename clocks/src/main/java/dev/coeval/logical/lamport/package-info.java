/**
 * Lamport's scalar clock: one counter, and the smallest stamp that respects causality.
 *
 * <h2>What</h2>
 *
 * Every event adds one to the counter; a receipt first takes the greater of its own counter and the
 * message's.
 *
 * <pre>
 *   a  --1--2---------------------3--&gt;
 *            \
 *             \ 2
 *   b  --1-----3--4--&gt;                   receive: max(1, 2) + 1 = 3
 * </pre>
 *
 * If {@code e} happened before {@code f} then {@code C(e) < C(f)}. <strong>The converse does not
 * hold</strong>: above, {@code 3@a} and {@code 4@b} are in an order that causality does not give
 * them. With the node id as tie-break the order is total, and it extends the causal one.
 *
 * <h2>When</h2>
 *
 * For one agreed order of all events: mutual exclusion, total-order delivery, last-writer-wins
 * registers. To ask whether two events are concurrent, take {@link dev.coeval.logical.vector}; to
 * have stamps that also tell the time, {@link dev.coeval.logical.hybrid}.
 *
 * <h2>Where to start</h2>
 *
 * {@link dev.coeval.logical.lamport.LamportClock}. {@link
 * dev.coeval.logical.lamport.LamportTimestampCodec} puts its stamps on the wire and into the keys
 * of ordered stores.
 *
 * <p>Source: L. Lamport, "Time, clocks, and the ordering of events in a distributed system",
 * Communications of the ACM 21(7), 1978.
 */
@NullMarked
package dev.coeval.logical.lamport;

import org.jspecify.annotations.NullMarked;
