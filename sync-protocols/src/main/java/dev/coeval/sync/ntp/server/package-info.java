/**
 * The side of NTP that answers (RFC 5905 section 14).
 *
 * <p>Where to start: {@link dev.coeval.sync.ntp.server.NtpServer}.
 */
@NullMarked
package dev.coeval.sync.ntp.server;

import org.jspecify.annotations.NullMarked;
