/**
 * Clock synchronization: protocols as pure state machines, and the doors to run them.
 *
 * <p><b>What.</b> A machine takes time and datagrams as arguments and returns actions; it reads no
 * clock, opens no socket and starts no thread. The same machine runs over real sockets and in a
 * deterministic simulation.
 *
 * <pre>{@code
 * runtime (sockets) ───────► machine ◄─────── sim (simulated network and oscillators)
 *                               ▲
 * cristian, berkeley, ntp ──────┘
 *      └──► filter, select ──► measure ──► discipline ──► a disciplined clock
 * }</pre>
 *
 * <p><b>When.</b> Use these packages when clocks on several computers must agree, and a program has
 * to know by how much they may not.
 */
@NullMarked
package dev.coeval.sync;

import org.jspecify.annotations.NullMarked;
