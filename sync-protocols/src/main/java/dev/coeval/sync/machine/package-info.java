/**
 * What a protocol is made of: machines that decide, and responders that answer.
 *
 * <p><b>What.</b> A {@link dev.coeval.sync.machine.StateMachine} takes time, datagrams and timer
 * events as arguments and returns {@link dev.coeval.sync.machine.Action}s. It does no input or
 * output, reads no clock, starts no thread and holds its own seeded randomness, so the same machine
 * runs over real sockets and in the simulator, and one seed replays one run.
 *
 * <pre>
 *               ClockReading, datagram, timer
 *   runtime  ----------------------------------&gt;  StateMachine   (client, coordinator, member)
 *     or     &lt;----------------------------------
 *    sim         Send, SetTimer, Publish(Report) ...
 *
 *            ----------- request --------------&gt;  Responder      (server: stateless, no allocation)
 *            &lt;---------- at most one reply -----
 * </pre>
 *
 * <p><b>When.</b> Implement {@code StateMachine} for whatever keeps state between datagrams, {@code
 * Responder} for whatever answers each request by itself. One endpoint may have several of both;
 * {@link dev.coeval.sync.machine.Switchboard} puts them behind one port.
 *
 * <p><b>Where to start.</b> {@link dev.coeval.sync.machine.StateMachine}.
 */
@NullMarked
package dev.coeval.sync.machine;

import org.jspecify.annotations.NullMarked;
