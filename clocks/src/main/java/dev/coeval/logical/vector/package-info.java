/**
 * Vector clocks: stamps that show exactly which events happened before which.
 *
 * <h2>What</h2>
 *
 * A stamp counts, for every process, how many of its events are in the causal past, the stamped
 * event included. A receipt takes the greater count for every process, then adds one to its own.
 *
 * <pre>
 *   a  --{a=1}--{a=2}---------------------------{a=3}--&gt;
 *                   \
 *                    \ {a=2}
 *   b  --{b=1}--------{a=2, b=2}--{a=2, b=3}--&gt;
 * </pre>
 *
 * {@code e} happened before {@code f} <em>if and only if</em> {@code V(e) < V(f)}: no count is
 * greater and at least one is smaller. Above, {@code {a=3}} and {@code {a=2, b=3}} are concurrent.
 *
 * <h2>When</h2>
 *
 * To find conflicting updates, deliver messages in causal order, or check a recorded history. The
 * price is an entry for every process that ever had an event, and nothing smaller can do it
 * (Charron- Bost 1991). For a fixed total order, take {@link dev.coeval.logical.lamport}.
 *
 * <h2>Where to start</h2>
 *
 * {@link dev.coeval.logical.vector.VectorClock} owns the state of a process; {@link
 * dev.coeval.logical.vector.VectorTimestamp} is the value that is sent, stored and compared. It is
 * not {@link java.lang.Comparable}: concurrency is not transitive, so no {@code compareTo} could be
 * right.
 *
 * <p>Sources: C. J. Fidge, "Timestamps in message-passing systems that preserve the partial
 * ordering", 1988; F. Mattern, "Virtual time and global states of distributed systems", 1989; B.
 * Charron-Bost, "Concerning the size of logical clocks in distributed systems", 1991.
 */
@NullMarked
package dev.coeval.logical.vector;

import org.jspecify.annotations.NullMarked;
