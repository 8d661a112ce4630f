/**
 * What is sent to one remote, and which datagrams answer it (RFC 5905 sections 8 and 9.2, RFC
 * 9769).
 *
 * <p>Where to start: {@link dev.coeval.sync.ntp.exchange.Dialogue}.
 */
@NullMarked
package dev.coeval.sync.ntp.exchange;

import org.jspecify.annotations.NullMarked;
