/**
 * Snapshots: a consistent picture of a whole system that goes on running.
 *
 * <p><b>What.</b> {@link dev.coeval.sync.order.snapshot.SnapshotNode} is a process of such a
 * system. It sends the application's messages, each of which arrives exactly once, and records,
 * when any process asks for it, the states of all processes and the messages between them, by the
 * algorithm of Chandy and Lamport (1985) or that of Lai and Yang (1987) with Mattern's counting.
 *
 * <pre>
 *   a (initiator)             b                         c
 *   * records 70              |                         |
 *   |--- marker -------------&gt;* records 120             |
 *   |--- marker ---------------------- - - -            |
 *   |                         |--- marker -------------&gt;* records 90
 *   |&lt;-- marker --------------|                         |
 *   |&lt;-- 20 ----------------------- - - ----------------|   sent before: recorded as
 *   |&lt;-- marker ----------------------------------------|   on its way from c to a
 *   |&lt;-- part: 120 -----------|                         |
 *   |&lt;-- part: 90 --------------------------------------|
 *   |
 *   SnapshotTaken: 70 + 120 + 90, and 20 on its way
 * </pre>
 *
 * <p><b>What is promised.</b>
 *
 * <ul>
 *   <li>A snapshot is a consistent cut: whatever was received in it was sent in it. A channel holds
 *       exactly what was sent in it and not received in it. The system could have been in this
 *       state, and could have come from there to where it is now. So what transfers preserve, a
 *       bank's total say, is preserved in it.
 *   <li>It ends: in {@link dev.coeval.sync.order.snapshot.SnapshotTaken}, or after a timeout in
 *       {@link dev.coeval.sync.order.snapshot.SnapshotAborted}, which names those that are missing.
 *       A snapshot that was given up changes nothing.
 *   <li>Each process has one of its own at a time; several processes may have theirs at once, and
 *       each sees a cut of its own. A process numbers its snapshots across restarts.
 * </ul>
 *
 * <p><b>Killed and restarted.</b> A process publishes, before it sends anything that speaks of it,
 * a {@link dev.coeval.sync.order.snapshot.Checkpoint}: the application's state, the messages that
 * others have not yet saved, and the snapshots in which it takes part, all of one moment. Its owner
 * saves that atomically, and gives it back after a restart. So a process that was killed is to the
 * others only one that was slow: no message is lost or doubled, and snapshots go on. What is
 * assumed: a checkpoint that was saved is not lost. A process that begins anew, or from an older
 * checkpoint, is refused by the others for good (its frames are counted as {@code STALE} or {@code
 * INCONSISTENT}): they cannot know what it has forgotten.
 *
 * <p><b>Which algorithm.</b> With Chandy and Lamport's, messages arrive in the order in which they
 * were sent. With Lai and Yang's they arrive as the network brings them: one that is lost holds up
 * no other; they carry nine bytes more for each process that ever took a snapshot.
 *
 * <p><b>Limits.</b> A checkpoint is made and saved at each event that changes something, so states
 * should be small: at most {@link dev.coeval.sync.order.snapshot.SnapshotNode#MAX_STATE_BYTES}. 128
 * messages wait for a process that takes none, then {@link
 * dev.coeval.sync.order.snapshot.SnapshotNode#canSend} says no. A process for which 512 contents
 * wait, or that recorded more than {@link
 * dev.coeval.sync.order.snapshot.SnapshotNode#MAX_PART_BYTES}, declines further parts.
 *
 * <p><b>On the wire.</b> Messages on a {@link dev.coeval.sync.order.link}, whose frames have the
 * magic {@code FOTO}; all numbers big-endian, {@code id} is the initiator's place among the sorted
 * names (1) and the snapshot's number (8):
 *
 * <pre>
 *   every message   CRC-32 of algorithm and names (4), lineage of the sender's checkpoints (8),
 *                   what it has saved: all up to a number (8), and bit i: that plus 2 + i (8)
 *   with a parcel   its number (8), its kind (1), and
 *     1 message       colours (1), an id each; the application's bytes (0 to 512)
 *     2 marker        id, messages sent before on this channel (8); 0 where it is FIFO
 *     3 piece         id, which (2) of how many (2), bytes (up to 600)
 *     4 given up      id, reason (1)
 * </pre>
 *
 * <p>Processes trust each other; against all others a system shares a key.
 *
 * <p><b>When.</b> To check what must hold of a whole system (nothing lost, no deadlock, who holds
 * what) without stopping it, or to save a state from which all of it can be restarted.
 *
 * <p><b>Where to start.</b> {@link dev.coeval.sync.order.snapshot.SnapshotApplication}, then {@link
 * dev.coeval.sync.order.snapshot.SnapshotNode}.
 */
@NullMarked
package dev.coeval.sync.order.snapshot;

import org.jspecify.annotations.NullMarked;
