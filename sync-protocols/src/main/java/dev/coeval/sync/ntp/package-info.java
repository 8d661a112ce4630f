/**
 * NTP version 4 (RFC 5905): packets that other implementations accept, a server and a client.
 *
 * <p><b>What.</b> {@link dev.coeval.sync.ntp.server.NtpServer} serves a node's time with its bound
 * as root dispersion. {@link dev.coeval.sync.ntp.NtpClient} follows several servers, some of which
 * may be false. {@link dev.coeval.sync.ntp.NtpQuery} asks one server a few times and stops.
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
