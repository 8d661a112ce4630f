/**
 * NTP version 4 (RFC 5905): packets that other implementations accept, a server and a client.
 *
 * <p><b>What.</b> {@link dev.coeval.sync.ntp.server.NtpServer} serves a node's time with its bound
 * as root dispersion. {@link dev.coeval.sync.ntp.NtpClient} follows several servers, peers and
 * broadcasts, some of which may be false, and tells the servers on its node what to say. {@link
 * dev.coeval.sync.ntp.NtpQuery} asks one server a few times and stops.
 *
 * <pre>
 *   client                                             server
 *     |  mode 3, transmit = a random number (nonce)      |
 *     |------------------------------------------------&gt;| T2
 *  T1 |                                                  |
 *     |  mode 4, origin = the nonce, T2, T3, root        |
 *     |&lt;------------------------------------------------| T3
 *  T4 |
 * </pre>
 *
 * <p>Symmetric peers (modes 1 and 2) send each other such packets by their own clocks, each the
 * answer to the last; broadcasts (mode 5) come unasked, after a volley of requests.
 *
 * <pre>
 *  datagram -&gt; dialogue -&gt; loop, stratum, orphan, smear -&gt; gates, median -&gt; filter -&gt; ensemble
 *                                                                                     |
 *      SystemState, ServedTime &lt;- stratum, reference, leap votes &lt;- selected sources &lt;-+-&gt; Disciplined
 * </pre>
 *
 * <p><b>Rooms.</b> Bytes ({@link dev.coeval.sync.ntp.packet.NtpCodec}), the open request and what
 * answers it (an exchange), whether a reply gives time (a check), what is kept of a server (an
 * association), and decisions (the machines) are apart; selection and discipline are rooms of their
 * own.
 *
 * <p><b>Time.</b> On the wire, time is {@link dev.coeval.sync.ntp.packet.NtpTimestamp}, whose era
 * is resolved next to the local wall clock; everything behind the codec is in nanoseconds.
 *
 * <p><b>Where to start.</b> {@link dev.coeval.sync.ntp.NtpConfig#defaults} for a client, {@link
 * dev.coeval.sync.ntp.server.NtpServerConfig#defaults} for a server.
 */
@NullMarked
package dev.coeval.sync.ntp;

import org.jspecify.annotations.NullMarked;
