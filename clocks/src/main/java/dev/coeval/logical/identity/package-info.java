/**
 * Identity that survives a crash: who a process is after it starts again, and which numbers it has
 * used up.
 *
 * <h2>What</h2>
 *
 * A logical clock is right as long as no stamp is given twice. A process that crashes forgets its
 * counters, and one whose disk was put back from a backup remembers old ones. Two things guard
 * against both:
 *
 * <ul>
 *   <li>an <em>incarnation</em> in every actor id ({@link dev.coeval.logical.identity.ActorId}): a
 *       process that starts again is a new actor, so none of its events can be taken for one of
 *       before;
 *   <li>a <em>high-water mark</em> ({@link dev.coeval.logical.identity.HighWaterMark}): a number on
 *       disk that no stamp has passed, raised ahead of use, so that most stamps cost no write.
 * </ul>
 *
 * <pre>
 *   numbers issued   1 2 3 ... 1000 | 1001 ... 1700   crash     2001 2002 ...
 *   mark on disk     1001           | 2001              |       3002
 *                    ^ one write      ^ one write       |       ^ one write
 *                                                       +--&gt; starts again above the mark
 * </pre>
 *
 * <h2>When to use which</h2>
 *
 * A vector clock, and whatever counts its own events by actor, needs the incarnation alone: two
 * forced writes at every start and none after. A Lamport clock, a hybrid clock, and ids made from
 * it, need the mark too, if their stamps are to go on growing.
 *
 * <h2>Where to start</h2>
 *
 * <pre>{@code
 * try (HighWaterMark mark = FileHighWaterMark.open(file, "cart", new SecureRandom())) {
 *   String actor = mark.actor().toString(); // such as cart~3f9a61c07d2e.4
 *   LogicalClock<LamportTimestamp> clock =
 *       DurableClock.of(
 *           LamportClock.resumeAbove(actor, mark.mark()), LamportTimestamp::counter, mark, 1_000);
 *   VectorClock dots = VectorClock.of(actor);
 * }
 * }</pre>
 *
 * <h2>What is detected, and by what</h2>
 *
 * <table>
 * <caption>Ways to lose the past</caption>
 * <tr><th>what happened</th><th>noticed by</th><th>what follows</th></tr>
 * <tr><td>crash in the middle of a write</td><td>checksum of the slot</td>
 *     <td>the other slot holds; nothing above it was issued</td></tr>
 * <tr><td>two processes on one file</td><td>file lock</td><td>the second cannot open it</td></tr>
 * <tr><td>file lost, started with none</td><td>nothing</td>
 *     <td>a new lineage: actors are new, but numbers begin again</td></tr>
 * <tr><td>both slots damaged, or half of the file gone</td><td>checksums</td>
 *     <td>{@link dev.coeval.logical.identity.LostPastException}</td></tr>
 * <tr><td>copied, or restored as a new file</td><td>the file's number in its file system, where
 *     there is one</td><td>{@code LostPastException}</td></tr>
 * <tr><td>restored into the same file, or whole disk or virtual machine set back</td>
 *     <td>only by peers that know more of us than we do: {@link
 *     dev.coeval.logical.identity.HighWaterMark#observe}</td><td>{@code LostPastException}</td></tr>
 * </table>
 *
 * The last row cannot be otherwise: a file that is put back byte by byte says nothing of what was
 * written after. So show {@code observe} every stamp of an actor with our name that a peer sends.
 */
@NullMarked
package dev.coeval.logical.identity;

import org.jspecify.annotations.NullMarked;
