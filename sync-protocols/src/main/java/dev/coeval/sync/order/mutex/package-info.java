/**
 * Mutual exclusion without a server: of a group of processes, at most one at a time may enter.
 *
 * <p><b>What.</b> {@link dev.coeval.sync.order.mutex.MutualExclusion} is a member of such a group,
 * over lossy datagrams, by the algorithm of Lamport (1978) or that of Ricart and Agrawala (1981).
 *
 * <pre>
 *   Lamport                                  Ricart and Agrawala
 *   a            b            c              a            b            c
 *   |  REQUEST 5 |            |              |  REQUEST 5 |            |
 *   |-----------&gt;|            |              |-----------&gt;|            |
 *   |------------------------&gt;|              |------------------------&gt;|   c has asked, too:
 *   |&lt;-----------|            |              |&lt;-----------|            |   REQUEST 4
 *   |  REPLY     |            |              |  REPLY     |            |
 *   |&lt;------------------------|              |            |            |   c is first, and inside;
 *   |            |            |              |            |            |   it leaves, and replies
 *   a enters     |            |              |&lt;------------------------|
 *   |            |            |              a enters     |            |
 *   |  RELEASE   |            |              |            |            |
 *   |-----------&gt;|-----------&gt;|              (no release: a replies to those it put off)
 * </pre>
 *
 * <p><b>What is promised.</b> As long as no member is removed wrongly:
 *
 * <ul>
 *   <li>at most one member is inside, in every interleaving of messages and of restarts;
 *   <li>every request is granted, once all earlier ones were released and the network lets the
 *       messages through;
 *   <li>requests are granted in the order of their stamps (counter, then name), so each {@link
 *       dev.coeval.sync.order.mutex.Granted#token} is greater than all before;
 *   <li>an entry costs exactly 3(N - 1) messages (Lamport) or 2(N - 1) (Ricart and Agrawala), each
 *       a datagram and, under loss, its repetitions.
 * </ul>
 *
 * <p><b>What is not.</b> Both algorithms need every member. <b>A member that has crashed, or is cut
 * off, stops all others</b> until it is back, or until they are told to go on without it ({@link
 * dev.coeval.sync.order.mutex.MutualExclusion#remove}); no algorithm can tell for them whether it
 * is dead or slow. A member that is <em>restarted</em> comes back by itself: it asks all others
 * what is open before it asks for anything, and they forget what its earlier life wanted. Its owner
 * sees to it that the earlier life is really over. A holder that is suspended and wakes up after it
 * was removed does not know that: guard the resource by the token.
 *
 * <p><b>On the wire.</b> Messages of 18 bytes on a {@link dev.coeval.sync.order.link}, whose frames
 * have the magic {@code EXCL}:
 *
 * <pre>
 *   algorithm (1): 1 Lamport, 2 Ricart and Agrawala
 *   kind (1): 1 HELLO, 2 WELCOME, 3 REQUEST, 4 REPLY, 5 RELEASE
 *   sender's counter (8); counter of the request that is meant (8), 0 for none
 * </pre>
 *
 * <p>A counter above 2<sup>62</sup> is refused. Members trust each other: one that lies can enter
 * as it likes. Against all others a group shares a key.
 *
 * <p><b>When.</b> For a handful of processes that know each other and need an order of access more
 * than they need availability. Where the lock must outlive crashes without anybody's decision, a
 * replicated log is the right tool.
 *
 * <p><b>Where to start.</b> {@link dev.coeval.sync.order.mutex.MutualExclusion}.
 */
@NullMarked
package dev.coeval.sync.order.mutex;

import org.jspecify.annotations.NullMarked;
