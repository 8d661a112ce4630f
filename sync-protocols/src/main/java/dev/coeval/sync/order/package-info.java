/**
 * Protocols that order events, as machines.
 *
 * <p><b>What.</b> The algorithms that logical clocks were made for, on real networks: broadcast
 * that delivers in causal order or in one total order, mutual exclusion, and snapshots of a running
 * system. Each is a {@link dev.coeval.sync.machine.StateMachine}, so it runs over UDP and in the
 * simulator unchanged.
 *
 * <pre>
 *   broadcast     mutex     snapshot        causal and total order | mutual exclusion | global states
 *       |           |           |
 *       +-----------+-----------+
 *                   |
 *                 link                      each message once and in order, over lossy datagrams
 * </pre>
 *
 * <p><b>Where to start.</b> {@link dev.coeval.sync.order.link} for a protocol of one's own.
 */
@NullMarked
package dev.coeval.sync.order;

import org.jspecify.annotations.NullMarked;
