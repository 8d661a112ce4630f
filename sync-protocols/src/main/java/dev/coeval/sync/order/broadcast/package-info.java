/**
 * Broadcast within a group, peer to peer: in causal order, or in one total order.
 *
 * <p><b>What.</b> {@link dev.coeval.sync.order.broadcast.BroadcastNode} is a member of a group
 * without any server. What one member broadcasts, all deliver, once, and never before a message
 * that its sender had seen: a reply is never shown before what it answers.
 *
 * <pre>
 *   a ---question--*-------------------------------&gt;
 *                   \        \ lost
 *   b ---------------*--answer--*------------------&gt;
 *                      \         \ report: has both
 *   c ------------------*---------*--pull----------&gt;   the answer waits for the question,
 *                    held           question, answer   which c asks of b: a may have crashed
 * </pre>
 *
 * <p><b>What holds.</b> Each delivered message was broadcast, and is delivered once; its whole
 * causal past is delivered before. What anybody who stays in the group has delivered, all deliver
 * that stay, once the network heals, whoever has crashed. A message is reported as {@link
 * dev.coeval.sync.order.broadcast.GroupEvent.Stable} only after every member has delivered it (in
 * total order: has it, and delivers it in its place). In total order, moreover, all deliver the
 * same sequence; a member that joins later delivers its end.
 *
 * <p><b>Membership.</b> The first node founds the group, the others ask any member to be taken in.
 * A new member begins with what its sponsor had delivered: the past is not told. Leaving is a
 * member's last message. A crash cannot be told from a cut: a silent member is reported ({@link
 * dev.coeval.sync.order.broadcast.GroupEvent.MemberSilent}), what it lacks is kept for it, and
 * after a while the others' windows are full. It is the owner who says {@code remove}; then all who
 * remain agree on its last message. A process that starts again joins as another actor, and the one
 * before it is removed.
 *
 * <p><b>What does not hold.</b> Two parts of a network that remove one another go on as two groups;
 * whoever hears that it was removed ends. A removal needs an answer from all who remain: if one of
 * these crashes too, it has to be removed as well. In total order a silent member holds up all
 * delivery until it is removed. A member that is taken in by a sponsor that crashes before anybody
 * else knew is in no group, and has to be started again.
 *
 * <p><b>On the wire.</b> Messages of {@link dev.coeval.sync.order.link}, magic {@code DCBC} in
 * causal and {@code GTOB} in total order. Numbers are varints, names are a byte and UTF-8, counts
 * are a byte and as many pairs of name and number, sorted:
 *
 * <pre>
 *   1 SPREAD    Lamport counter, stamp ({@link dev.coeval.causal.BroadcastStampCodec}), then
 *               0 payload: the rest | 1 join: name, address | 2 leave
 *   2 REPORT    name, Lamport counter, counts delivered
 *   3 PULL      name, number: send its messages after this one
 *   4 ASK       name: take me in
 *   5 WELCOME   name, Lamport counter, last part or not (1), entries: name, delivered, last,
 *               flags (1: address follows, 2: retired), address
 *   6 REFUSAL   name: is no member here
 *   7 STANCE    name, filled or not (1), counts of who remains (0), counts frozen, counts settled
 * </pre>
 *
 * <p><b>Limits.</b> 16 members, names of 16 bytes; a message and its stamp fit into one datagram
 * (with 16 members there is room for about 500 bytes, with four for 850). A member may have 256
 * messages that are not delivered everywhere, so each keeps no more than that of each other.
 *
 * <p><b>Where to start.</b> {@link dev.coeval.sync.order.broadcast.BroadcastConfig}, then {@link
 * dev.coeval.sync.order.broadcast.BroadcastNode}.
 *
 * <p>Sources: K. Birman, A. Schiper, P. Stephenson, "Lightweight causal and atomic group
 * multicast", ACM TOCS 9(3), 1991; A. Demers et al., "Epidemic algorithms for replicated database
 * maintenance", PODC 1987; L. Lamport, "Time, clocks, and the ordering of events in a distributed
 * system", CACM 21(7), 1978.
 */
@NullMarked
package dev.coeval.sync.order.broadcast;

import org.jspecify.annotations.NullMarked;
