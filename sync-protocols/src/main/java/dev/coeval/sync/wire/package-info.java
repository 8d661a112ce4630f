/**
 * The wire format that Coeval's own protocols share: small frames of known width, optionally
 * authenticated.
 *
 * <p><b>What.</b> One datagram is one frame. All numbers are big-endian; the length of a frame
 * follows from its type and from one flag, and must be met exactly; only of a type that carries
 * somebody else's bytes the body's length is between two bounds.
 *
 * <pre>
 *  octet  0       1       2       3       4       5       6       7
 *       +-------+-------+-------+-------+-------+-------+-------+-------+
 *    0  |  magic, four ASCII letters    |version| type  |     flags     |
 *       +-------+-------+-------+-------+-------+-------+-------+-------+
 *    8  |  nonce: 64 random bits of the request, repeated by its reply  |
 *       +-------+-------+-------+-------+-------+-------+-------+-------+
 *   16  |  body: n octets, n or its bounds fixed for each type           |
 *       .                                                               .
 *       +-------+-------+-------+-------+-------+-------+-------+-------+
 * 16+n  |  key identifier, 1 to 2^31-1  |  HMAC-SHA256 over octets      |   only if flag bit 0
 *       +-------+-------+-------+-------+  0 to 19+n, all 32 octets     |   (0x0001) is set
 *       .                                                               .
 *       +-------+-------+-------+-------+-------+-------+-------+-------+
 *
 *   flags   bit 0 (0x0001)       the frame is authenticated: 36 more octets follow the body
 *           bits 1 to 15         of the protocol; a bit that the type does not know is an error
 * </pre>
 *
 * <p>The first letter of a magic keeps NTP's version field (bits 3 to 5 of the first octet) at 0,
 * which no NTP packet has: so all protocols can share a port.
 *
 * <p><b>Against whom.</b> The nonce keeps out whoever cannot see the request: an invented, replayed
 * or late reply does not name an open request. Whoever can see it can forge a reply, unless both
 * ends share a key (RFC 2104; FIPS 180-4). Nobody who can <em>delay</em> a datagram is kept out by
 * either; that is what the bound on the round trip is for. A frame in which the key is wrong,
 * missing or not known is refused, each with its own reason.
 *
 * <p><b>When.</b> For the codecs of protocols that are not standardized elsewhere.
 *
 * <p><b>Where to start.</b> {@link dev.coeval.sync.wire.FrameFormat}, then {@link
 * dev.coeval.sync.wire.FrameCodec}.
 */
@NullMarked
package dev.coeval.sync.wire;

import org.jspecify.annotations.NullMarked;
