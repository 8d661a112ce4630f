/**
 * NTP's bytes: header, timestamps, and what follows the header (RFC 5905 section 7, RFC 7822).
 *
 * <p>Pure functions and values. Where to start: {@link dev.coeval.sync.ntp.packet.NtpCodec}.
 */
@NullMarked
package dev.coeval.sync.ntp.packet;

import org.jspecify.annotations.NullMarked;
