/**
 * The side of NTP that answers (RFC 5905 sections 7.4, 9.2 and 14; RFC 9769), and the one that
 * speaks unasked (mode 5).
 *
 * <pre>
 *   request (mode 3)
 *      |  well-formed?      no -> silence
 *      |  {@link dev.coeval.sync.ntp.server.AccessList}        denied -> silence, or DENY
 *      |  {@link dev.coeval.sync.ntp.server.RateLimit}         over it -> silence, RATE, or a leak
 *      |  {@link dev.coeval.sync.ntp.server.ServerAuthentication} wrong -> silence, or a NAK
 *      v
 *   reply (mode 4): the node's {@code ServedTime}, its bound at T2 and T3, sealed as the request
 *      |
 *      v  onSent: when it really left, for the interleaved mode
 * </pre>
 *
 * <p>What is kept of clients ({@link dev.coeval.sync.ntp.server.ServerMemory}) is set aside at the
 * start and never grows. Several threads answer as siblings of one server: each has its own scratch
 * space, all share tables, limits and counts.
 *
 * <p>Where to start: {@link dev.coeval.sync.ntp.server.NtpServer}; for a port that strangers reach,
 * {@link dev.coeval.sync.ntp.server.NtpServerConfig#guarded}; to send the time to all who listen,
 * {@link dev.coeval.sync.ntp.server.NtpBroadcaster}.
 */
@NullMarked
package dev.coeval.sync.ntp.server;

import org.jspecify.annotations.NullMarked;
