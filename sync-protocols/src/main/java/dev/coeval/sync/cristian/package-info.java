/**
 * Cristian's probabilistic clock synchronization: ask a server, measure the round trip, try again
 * if it took too long.
 *
 * <p><b>What.</b> A reply that took a round trip {@code 2D} by a local clock of drift at most
 * {@code rho}, over a network in which nothing arrives sooner than {@code min}, pins the server's
 * time to an interval of half width {@code D(1 + 2 rho) - min}. So who asks until a round trip is
 * short enough gets any precision down to about {@code 3 rho min}, with a probability that grows
 * with the number of attempts (F. Cristian, "Probabilistic clock synchronization", Distributed
 * Computing 3:146-158, 1989).
 *
 * <pre>
 *   client (CristianClient)                           server (CristianServer)
 *
 *   T1  |----- request: nonce -----------------------------&gt;|  T2
 *       |                                                   |
 *   T4  |&lt;---- reply: nonce, T2, T3, error, synchronized ---|  T3
 *       |
 *       |  too long: again, up to so many attempts; otherwise wait for the next synchronization
 * </pre>
 *
 * <p>On top of the paper: the server states its own error, which adds to the client's, so that the
 * bound speaks of the true time; the server's processing time, {@code T3 - T2}, does not count as
 * round trip; readings are intersected over a window and across servers, of which a fixed number
 * may lie ({@link dev.coeval.sync.discipline.Ensemble}); frames may be authenticated.
 *
 * <p><b>The bytes.</b> Magic {@code CRIS}, version 1, in the frames of {@link
 * dev.coeval.sync.wire}. Requests and replies have the same length: 40 octets, authenticated 76.
 *
 * <pre>
 *   octet    type 1: request        type 2: reply
 *    0-15    header                 header; flag bit 1 (0x0002): the server is synchronized
 *   16-23    0                      T2, nanoseconds since the Unix epoch, signed
 *   24-31    0                      T3, nanoseconds since the Unix epoch, signed
 *   32-39    0                      the server's largest error, nanoseconds, not negative
 *   40-75    trailer, if authenticated
 * </pre>
 *
 * <p><b>When.</b> To follow a few trusted servers on a network of small delays, with a bound after
 * the first reply. For many servers of mixed quality, and for servers that are not Coeval's, use
 * NTP; for a group without any reference, Berkeley.
 *
 * <p><b>Where to start.</b> {@link dev.coeval.sync.cristian.CristianConfig#defaults}, then {@link
 * dev.coeval.sync.cristian.CristianClient} and {@link dev.coeval.sync.cristian.CristianServer}.
 */
@NullMarked
package dev.coeval.sync.cristian;

import org.jspecify.annotations.NullMarked;
