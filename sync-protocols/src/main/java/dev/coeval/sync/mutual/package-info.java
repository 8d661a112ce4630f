/**
 * Clocks that keep together without a reference and without a leader: every node reads the others,
 * and follows them by a rule that all share.
 *
 * <p><b>What.</b> One machine, {@link dev.coeval.sync.mutual.MutualNode}, and a rule, {@link
 * dev.coeval.sync.mutual.Convergence}, in which the algorithms differ:
 *
 * <ul>
 *   <li>{@link dev.coeval.sync.mutual.WelchLynch}: bears f liars among 3f + 1;
 *   <li>{@link dev.coeval.sync.mutual.LundeliusLynch}: the average, the nearest that clocks can
 *       come when nobody lies;
 *   <li>{@link dev.coeval.sync.mutual.Gradient}: neighbours in a large network stay near each
 *       other.
 * </ul>
 *
 * <pre>
 *   node                                      each peer          a round, every interval P:
 *      |  READ                                  |
 *   T1 |---------------------------------------&gt;| T2             when the node's own clock shows k P:
 *   T4 |&lt;---------------------------------------| T3             several exchanges with each peer,
 *      |  READING (T2, T3; settled or not)      |                then per-direction minima
 *      |
 *      |  k P + P/2: sets its clock, slewing over P/4 at most
 * </pre>
 *
 * <p>So, once clocks are roughly together, all read in the first half of a round, when nobody's
 * clock is being set, and all are set in the second. A clock that could not be read counts as equal
 * to the node's own.
 *
 * <p><b>What the bound means.</b> There is no outside reference. Let h honest clocks be in the
 * group of n, of which f may be false, silent or restarting. The interval that a node's clock
 * claims holds all honest clocks but the f lowest and the f highest of them: their median always,
 * and with f = 0 <em>every</em> clock of the group, or every neighbour's in a network. It is
 * certain if {@code n >= 3f + 1} and every oscillator keeps its drift bound rho, for these reasons:
 *
 * <ul>
 *   <li>A reading of clock j lies between {@code T3 - T4} and {@code T2 - T1} of every exchange,
 *       since no datagram arrives before it is sent; both clocks' paces are allowed for in ageing.
 *   <li>Of the f + 1 lowest lower limits one at least is an honest clock's, and so from above; of a
 *       clock that was not read nothing is assumed.
 *   <li>A clock that has <em>settled</em>, as its readings say, promises to be steered off its
 *       oscillator's rate by no more than {@link
 *       dev.coeval.sync.berkeley.PaceConfig#maxSteerPpb()}. The k-th lowest of several clocks has
 *       no larger pace than these. So the claim ages by both paces, of one's own ticks.
 * </ul>
 *
 * <p>Hence the node's clock is made with {@link
 * dev.coeval.sync.berkeley.PaceConfig#clockDriftBoundPpb()} and {@link
 * dev.coeval.sync.berkeley.PaceConfig#steeringPolicy()}, as in a Berkeley group; with a smaller
 * drift bound, or fewer clocks than f asks for, the node keeps its clock but claims nothing.
 *
 * <p><b>On the wire.</b> Frames as in {@link dev.coeval.sync.wire}, magic {@code EACH}, version 1;
 * after the header, big-endian:
 *
 * <pre>
 *   1 READ        16 zero octets: as long as the reply
 *   2 READING     T2 (8), T3 (8), nanoseconds since the Unix epoch as the clock shows;
 *                 flag 0x0002: it has settled
 * </pre>
 *
 * <p><b>When.</b> For hosts that must agree with one another, some of which may be compromised or
 * broken (Welch and Lynch); or for many hosts that must agree with their neighbours (gradient).
 * With a leader, elections and a changing membership: {@link dev.coeval.sync.berkeley}. What is
 * best possible for a given run: {@link dev.coeval.sync.precision}.
 *
 * <p><b>Where to start.</b> {@link dev.coeval.sync.mutual.MutualConfig}, then {@link
 * dev.coeval.sync.mutual.MutualNode}.
 */
@NullMarked
package dev.coeval.sync.mutual;

import org.jspecify.annotations.NullMarked;
