/**
 * Hybrid logical clocks: stamps that respect causality and stay close to physical time.
 *
 * <h2>What</h2>
 *
 * A stamp is a physical time in milliseconds and a counter, packed into one {@code long}. The time
 * part follows the largest physical time known from anybody; the counter orders the events that
 * share it. A receipt therefore never runs behind its sender, even when the receiver's wall clock
 * does.
 *
 * <pre>
 *   a, wall clock 10 ms fast   --(110,0)--(110,1)------------------------&gt;
 *                                               \
 *                                                \ (110,1)
 *   b, wall clock right        ------(102,0)------(110,2)------(112,0)---&gt;
 *                             physical 102         104          112
 * </pre>
 *
 * If {@code e} happened before {@code f} then {@code HLC(e) < HLC(f)}. If all wall clocks agree
 * within {@code eps}, a stamp is never before the wall clock of its node and never more than {@code
 * eps} ahead of it.
 *
 * <h2>When</h2>
 *
 * For versions of database records, consistent snapshots "as of" a time, and logs of many nodes
 * merged by one key of 64 bits. As with Lamport's clock, a smaller stamp does not prove an earlier
 * cause; for that take {@link dev.coeval.logical.vector}.
 *
 * <h2>Where to start</h2>
 *
 * {@link dev.coeval.logical.hybrid.HybridLogicalClock}, made from any {@link
 * java.time.InstantSource}; the better that source is synchronized, the smaller the maximum offset
 * can be. {@link dev.coeval.logical.hybrid.HybridTimestamp} is the stamp, with its 64-bit and its
 * text form; {@link dev.coeval.logical.hybrid.HybridTimestampCodec} puts it on the wire.
 *
 * <ul>
 *   <li>{@link dev.coeval.logical.hybrid.HybridNanoClock} is the same in nanoseconds, with stamps
 *       of 96 bits.
 *   <li>{@link dev.coeval.logical.hybrid.MaxOffset} and {@link
 *       dev.coeval.logical.hybrid.AdmissionPolicy} say which foreign stamps are too far ahead, and
 *       what becomes of them.
 *   <li>{@link dev.coeval.logical.hybrid.HybridClock#closeUpTo} completes a snapshot.
 *   <li>{@link dev.coeval.logical.hybrid.HybridStamp} tells the error of a stamp taken for the
 *       time, and which of two events was first in true time.
 *   <li>{@link dev.coeval.logical.hybrid.HybridFormats} reads and writes the stamps of CockroachDB,
 *       YugabyteDB, MongoDB and uhlc.
 * </ul>
 *
 * <p>Source: S. Kulkarni, M. Demirbas, D. Madappa, B. Avva, M. Leone, "Logical physical clocks and
 * consistent snapshots in globally distributed databases", OPODIS 2014.
 */
@NullMarked
package dev.coeval.logical.hybrid;

import org.jspecify.annotations.NullMarked;
