/**
 * Reliable links between peers over datagrams: what the ordering protocols are built on.
 *
 * <p><b>What.</b> {@link dev.coeval.sync.order.link.Links} is a part of a machine that gives it a
 * channel with each peer on which every message arrives once, and in the order in which it was sent
 * (or, if that is wanted, as it arrives). A peer that was restarted is noticed, and nothing that
 * was sent in its or one's own earlier life is taken for anything of this one.
 *
 * <pre>
 *   one end                                        other end
 *      |  HELLO (session a, challenge c)               |
 *      |----------------------------------------------&gt;|
 *      |&lt;----------------------------------------------|
 *      |  HELLO (session b, challenge d, echo c)       |       the other end is b: proven
 *      |----------------------------------------------&gt;|
 *      |  HELLO (session a, echo d)                    |       this end is a: proven
 *      |                                               |
 *      |  DATA (a to b, number 1, message)             |
 *      |----------------------------------------------&gt;|
 *      |&lt;----------------------------------------------|
 *      |  ACK (b to a, all up to 1, beyond: none)      |
 * </pre>
 *
 * <p>A HELLO with a challenge also asks a quiet peer whether it is still there. DATA acknowledges
 * what came the other way, so that a lively exchange needs no ACK.
 *
 * <p><b>On the wire.</b> Frames as in {@link dev.coeval.sync.wire}, of a magic that the protocol
 * above chooses, version 1; after the header, all big-endian:
 *
 * <pre>
 *   1 HELLO   the nonce is the challenge, or 0. Sender's session (8), echo or 0 (8)
 *   2 ACK     the nonce is the receiver's session. Sender's session (8), all up to this number
 *             have arrived (8), and bit i: that number plus 2 + i (8)
 *   3 DATA    as ACK, then number (8), message (0 to 992)
 * </pre>
 *
 * <p><b>Limits.</b> A message fits in one datagram or is refused at once; no more than 64 wait for
 * their acknowledgement or for one before them; what is more is refused, and the sender told
 * ({@link dev.coeval.sync.order.link.Admission}).
 *
 * <p><b>When.</b> For machines whose algorithm assumes reliable channels. Not for clocks: what is
 * sent again is late.
 *
 * <p><b>Where to start.</b> {@link dev.coeval.sync.order.link.Links}.
 */
@NullMarked
package dev.coeval.sync.order.link;

import org.jspecify.annotations.NullMarked;
