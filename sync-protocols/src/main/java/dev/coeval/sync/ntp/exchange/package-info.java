/**
 * What is sent to one remote, and which datagrams answer it (RFC 5905 sections 8 and 9.2, RFC
 * 9769).
 *
 * <p><b>What.</b> A {@link dev.coeval.sync.ntp.exchange.Dialogue} makes the packets to one remote
 * and turns what comes back into a {@link dev.coeval.sync.ntp.exchange.Reply}. It decides neither
 * when to send nor what to do with a measurement: an association of a machine does.
 *
 * <pre>
 *   association                       dialogue                                remote
 *     |-- next(sequence, now) ----------&gt;|                                       |
 *     |&lt;-------- the packet -------------|   - - - - - - - - - - - - - - - - - - &gt;|
 *     |-- sent(sequence, stamp) --------&gt;|   T1                                  | T2, T3
 *     |-- accept(stamp, datagram) ------&gt;|   T4  &lt; - - - - - - - - - - - - - - - |
 *     |                                  |   form, version, mode, code           |
 *     |                                  |   does it answer? does it give time?  |
 *     |&lt;-- Good, Heard, Refused, Stray --|
 * </pre>
 *
 * <p><b>Which.</b> {@link dev.coeval.sync.ntp.exchange.ClientDialogue} asks a server, {@link
 * dev.coeval.sync.ntp.exchange.SymmetricDialogue} speaks with a peer, {@link
 * dev.coeval.sync.ntp.exchange.BroadcastDialogue} asks a few times and then listens.
 *
 * <p><b>Packet tests</b>, by the numbers of RFC 5905 figure 22 and of its reference implementation,
 * and what a packet that fails one is called ({@link dev.coeval.sync.measure.Rejection}):
 *
 * <ul>
 *   <li>1, duplicate: {@code DUPLICATE}; {@code UNREQUESTED} where the request is not open any
 *       more; {@code STALE} for a broadcast that is older than the last
 *   <li>2, bogus (another origin): {@code WRONG_NONCE}
 *   <li>3, stamps that are missing or contradict one another: {@code BAD_STAMPS}; {@code
 *       UNREQUESTED} for a peer's first packet, which has no origin
 *   <li>4, access denied: the server's, and a kiss-o'-death here: {@code KISS_DENY}
 *   <li>5, authentication: {@code NOT_AUTHENTICATED}, {@code UNKNOWN_KEY}, {@code OTHER_KEY},
 *       {@code BAD_AUTHENTICATION}, {@code CRYPTO_NAK}
 *   <li>6 and 10, no time: {@code PEER_UNSYNCHRONIZED}
 *   <li>7, header: {@code TOO_SHORT}, {@code TOO_LONG}, {@code MALFORMED}, {@code UNKNOWN_VERSION},
 *       {@code UNEXPECTED_TYPE}
 *   <li>8 and 9, Autokey: not spoken here
 *   <li>11, distance: {@code DISTANCE_TOO_LARGE}
 *   <li>12, loop: {@code LOOP} for a packet of our own that comes back; whether the remote takes
 *       its time from us, the machine judges
 *   <li>13, unfit: the machine judges
 * </ul>
 *
 * <p>A packet that fails test 5 or an earlier check of its form changes nothing at all. Which
 * reference timestamp a remote claims is not looked at, as nothing depends on it.
 *
 * <p><b>Time.</b> Ours is in ticks, a remote's on the wire {@link
 * dev.coeval.sync.ntp.packet.NtpTimestamp}; the era is resolved next to the local wall clock. T1 is
 * the beginning of the span in which a packet left and T4 is never before its arrival, so both err
 * to the side on which the bounds stay true.
 *
 * <p><b>Where to start.</b> {@link dev.coeval.sync.ntp.exchange.Dialogue}.
 */
@NullMarked
package dev.coeval.sync.ntp.exchange;

import org.jspecify.annotations.NullMarked;
