/**
 * What a user would pick instead, over real sockets: NTP clients of this and of other projects, and
 * the clocks that they discipline, in one run, on one host, against one server.
 *
 * <p>All of them stand on the same clock of the same host. So the true offset is 0, and whatever a
 * client finds is its error.
 *
 * <pre>
 *                               one thread that spins: FarSide
 *   clients --- loopback ---------------------------------------> server
 *      |                                                            ^
 *      +------- Relay: 5 ms + exp 1 ms each way --------------------+
 *      +------- Relay: 5 ms there, 8 ms back -----------------------+
 *      +------- Relay: 20 ms + Pareto, 5 % lost each way -----------+
 * </pre>
 *
 * <p>The kernels of many hosts cannot delay packets by themselves, so a relay in user space does.
 * It writes down how long it held each datagram, so that the error that the path alone must cause
 * is known: half the difference of the two ways. Server and relays share a thread that never
 * sleeps, as one that has to be woken stamps and forwards tens of microseconds late.
 *
 * <p>Where to start: {@link dev.coeval.bench.peers.PeerRun}, the command.
 */
@NullMarked
package dev.coeval.bench.peers;

import org.jspecify.annotations.NullMarked;
