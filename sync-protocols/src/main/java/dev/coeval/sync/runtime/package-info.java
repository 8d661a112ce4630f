/**
 * Machines on real sockets: over UDP, and over TCP to see what TCP costs a clock.
 *
 * <p><b>What.</b> A runtime owns a {@link dev.coeval.sync.machine.Switchboard}, a {@link
 * dev.coeval.time.ClockReader} and sockets. It stamps and hands over what arrives, carries out the
 * actions that come back, keeps the timers on the reader's ticks, and tells a listener what the
 * machines publish. It takes no decision of a protocol and knows none.
 *
 * <pre>
 *                  datagram                    first: Responder -- reply --&gt; same socket
 *   network  ------------------&gt;  UdpRuntime
 *            &lt;------------------   one thread    then: StateMachine -- actions --+
 *                  Send               ^                                          |
 *                                     +-- timers, sends, ICMP, reports ----------+
 *                                                                 |
 *                                                    Consumer&lt;Report&gt; (same thread)
 * </pre>
 *
 * <p>Both stamps keep a bound honest: a receive stamp is taken after the datagram was taken from
 * the socket, so never before its arrival; a transmit stamp begins before the send, so never after
 * the departure.
 *
 * <p>Requests leave from ports of their own, which only whom they ask can answer (RFC 9109); what
 * else a node says and hears goes through the port it is bound to:
 *
 * <pre>
 *   fresh port 49152 --- request ---&gt;  server        bound port 123 &lt;--- requests of others
 *                    &lt;-- reply -----                                ---&gt; replies
 *   connected, closed when over                                     &lt;--&gt; peers, broadcasts, groups
 * </pre>
 *
 * <p><b>When.</b> {@link dev.coeval.sync.runtime.UdpRuntime} for every protocol; {@link
 * dev.coeval.sync.runtime.TcpServer} and {@link dev.coeval.sync.runtime.TcpRuntime} where only TCP
 * passes, or to compare. {@link dev.coeval.sync.runtime.UdpServerGroup} where one thread cannot
 * answer everybody. {@link dev.coeval.sync.runtime.HostPort} turns what a user types into a peer.
 *
 * <p><b>Where to start.</b> {@link dev.coeval.sync.runtime.UdpRuntime}.
 */
@NullMarked
package dev.coeval.sync.runtime;

import org.jspecify.annotations.NullMarked;
