/**
 * Clocks that agree among themselves, without any that is right: the algorithm of TEMPO, Berkeley
 * UNIX's timed (Gusella and Zatti, IEEE Transactions on Software Engineering 15(7), 1989).
 *
 * <p><b>What.</b> One node of a group, the coordinator, reads the clocks of all. The average of
 * those that agree is the group's time, and every node, the coordinator too, is told by how much
 * its own clock <em>differs</em>; so it does not matter how long that message takes. {@link
 * dev.coeval.sync.berkeley.BerkeleyNode} is coordinator, member and candidate in one.
 *
 * <pre>
 *   coordinator                               member            a round, every interval:
 *      |  POLL   (term, round, an address)      |
 *   T1 |---------------------------------------&gt;| T2            up to 5 answers of up to 10 polls;
 *   T4 |&lt;---------------------------------------| T3            then per-direction minima
 *      |  REPLY  (T2, T3, its pace)             |
 *      |      ... the average of those that agree ...
 *      |---------------------------------------&gt;|               steers by the difference, once
 *      |  CORRECTION (its difference, limits)   |
 *      |
 *      |  REFUSAL (a later term)                |               the poll of a coordinator that
 *      |&lt;---------------------------------------|               others have replaced meanwhile
 *
 *   candidate: no poll for some intervals       others
 *      |  ELECT  (term)                         |
 *      |---------------------------------------&gt;|               agreed by whoever hears no
 *      |&lt;---------------------------------------|               coordinator either
 *      |  VOTE   (agreed or not)                |
 * </pre>
 *
 * <p><b>Who takes part.</b> The largest set of clocks that are pairwise within gamma (or, by
 * choice, timed's two-stage median). While no clock has settled yet, as when all start up to half a
 * second apart, a wider gamma holds, the first correction may step, and nobody claims a bound. A
 * clock <em>settles</em> when its correction is small; from then on only settled clocks make the
 * group's time. Others, those that join, restart or were off too far, are told their difference
 * until they have come near, and then take part. Each member's state is reported ({@link
 * dev.coeval.sync.berkeley.MemberStatus}).
 *
 * <p><b>What the bound means.</b> There is no outside reference. The interval that a node's clock
 * claims holds the <em>mean of the clocks that took part</em> in the round of its last correction,
 * as these clocks go on from there, dead or cut off as they may be. It is certain, if every
 * oscillator keeps its drift bound rho, for these reasons:
 *
 * <ul>
 *   <li>A reading of clock j at the coordinator's tick t lies between {@code T3 - T4}, aged from T4
 *       to t, and {@code T2 - T1}, aged from T1 to t, of every exchange of the round, since no
 *       datagram arrives before it is sent. Both clocks' paces are allowed for in the ageing. Means
 *       of lows and highs bound the mean; the difference of a clock that takes part itself carries
 *       only (1 - 1/n) of its own reading error.
 *   <li>A member applies its difference to its own reading in the very exchange that the correction
 *       names, on its own ticks; both clocks' paces are allowed for from that exchange to t.
 *   <li>A settled clock promises that nothing steers it off its oscillator's rate by more than R
 *       ({@link dev.coeval.sync.berkeley.PaceConfig#maxSteerPpb()}), frequency and slew together;
 *       so its pace against true time is within p = rho + R + rho R whatever corrections it gets,
 *       or misses, or gets late, and from whatever coordinator. The mean of settled clocks has no
 *       larger pace. So the claim ages by rho + p = 2 rho + R + rho R of one's own ticks.
 * </ul>
 *
 * <p>Hence two duties of whoever makes the node's clock: its drift bound is {@link
 * dev.coeval.sync.berkeley.PaceConfig#clockDriftBoundPpb()}, which is that sum and not rho alone,
 * and its policy is {@link dev.coeval.sync.berkeley.PaceConfig#steeringPolicy()}. With a smaller
 * drift bound the node claims nothing. All nodes of a group should have the same {@code
 * PaceConfig}: a promise less strict than the coordinator's own does not count.
 *
 * <p>The price of a promise: after a long partition two halves come together slowly, by half of R
 * at the defaults, as neither may break what its members still claim. Only a clock that its own
 * coordinator finds outside gamma, further than settled clocks can part in that time, is set free:
 * its oscillator broke the assumption (it stood still, say), and it says DISRUPTED until it is
 * back.
 *
 * <p><b>Who coordinates.</b> A node with a list of members coordinates from the start. Polls tell
 * every member the addresses of the others, one a poll. A member that was polled by nobody for some
 * intervals and a random time asks the others, and is coordinator of the next {@link
 * dev.coeval.sync.berkeley.Term} if one agrees and none objects. Where two coordinators meet, after
 * a partition or a restart, the outranked one is refused and becomes a member. Terms include their
 * coordinator's identifier, so two parts of a network may each have a coordinator, but no term has
 * two. Meanwhile every clock goes on, with its rate and its growing bound (HOLDOVER).
 *
 * <p><b>On the wire.</b> Frames as in {@link dev.coeval.sync.wire}, magic {@code BERK}, version 1;
 * after the header, all big-endian:
 *
 * <pre>
 *   every body       term number (8), coordinator's identifier (8), then
 *   1 POLL           round (8), interval ns (8), members (2), entry's place (2), receiver's place
 *                    (2), entry's port (2), entry's address (16, IPv4 mapped)
 *   2 REPLY          round (8), member's identifier (8), T2 (8), T3 (8), pace ppb (8);
 *                    flag 0x0002: its clock has settled. As long as the poll
 *   3 REFUSAL        nothing more: the term is the later one
 *   4 CORRECTION     round (8), the reading that is meant (8), difference (8), below (8), above (8),
 *                    likely error (8), pace of the mean ppb (8); nonce of the exchange that is
 *                    meant; flag 0x0002: below, above and pace promise a bound
 *   5 ELECT          nothing more: the term is the proposed one
 *   6 VOTE           nothing more: the term is the highest known; flag 0x0002: agreed
 * </pre>
 *
 * <p>Times are nanoseconds since the Unix epoch. A correction is taken once: it must be of the
 * coordinator's term and round, name an exchange of it and repeat the member's own reading. An
 * authenticated group shares a key; without one, whoever can send from a member's address can lead
 * it astray.
 *
 * <p><b>When.</b> For hosts that must agree with one another rather than with the world. A node
 * must be reachable at the address that its datagrams come from: run it over a {@code UdpRuntime}
 * whose configuration has no companion ports.
 *
 * <p><b>Where to start.</b> {@link dev.coeval.sync.berkeley.BerkeleyConfig}, then {@link
 * dev.coeval.sync.berkeley.BerkeleyNode}.
 */
@NullMarked
package dev.coeval.sync.berkeley;

import org.jspecify.annotations.NullMarked;
