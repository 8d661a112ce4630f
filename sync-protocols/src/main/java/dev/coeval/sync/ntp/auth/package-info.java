/**
 * Who may say what the time is: keys shared by two ends, and the codes made with them (RFC 5905
 * section 7.3, RFC 8573).
 *
 * <p>Where to start: {@link dev.coeval.sync.ntp.auth.NtpKeys}.
 */
@NullMarked
package dev.coeval.sync.ntp.auth;

import org.jspecify.annotations.NullMarked;
