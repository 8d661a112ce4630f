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
 * (Charron-Bost 1991). For a fixed total order, take {@link dev.coeval.logical.lamport}.
 *
 * <h2>Where to start</h2>
 *
 * {@link dev.coeval.logical.vector.VectorClock} owns the state of a process; {@link
 * dev.coeval.logical.vector.VectorTimestamp} is the value that is sent, stored and compared. It is
 * not {@link java.lang.Comparable}: concurrency is not transitive, so no {@code compareTo} could be
 * right. {@link dev.coeval.logical.vector.MutableVector} is both in one for a single thread, and
 * allocates nothing.
 *
 * <h2>On the wire</h2>
 *
 * {@link dev.coeval.logical.vector.VectorTimestampCodec} writes a stamp with the names of its
 * actors, or with their numbers in an {@link dev.coeval.logical.vector.ActorTable} that both sides
 * have. Between two processes that talk often, {@link dev.coeval.logical.vector.DeltaSender} and
 * {@link dev.coeval.logical.vector.DeltaReceiver} carry only what has changed, over channels that
 * lose and reorder.
 *
 * <h2>Actors that leave</h2>
 *
 * An entry may be removed from all stamps once every process knows all events of its actor: {@link
 * dev.coeval.logical.vector.VectorTimestamp#retire}. One that is {@linkplain
 * dev.coeval.logical.vector.VectorTimestamp#prune pruned} sooner costs answers: what depends on it
 * is concurrent from then on, and never falsely ordered.
 *
 * <p>Sources: C. J. Fidge, "Timestamps in message-passing systems that preserve the partial
 * ordering", 1988; F. Mattern, "Virtual time and global states of distributed systems", 1989; B.
 * Charron-Bost, "Concerning the size of logical clocks in distributed systems", 1991.
 */
@NullMarked
package dev.coeval.logical.vector;

import org.jspecify.annotations.NullMarked;
