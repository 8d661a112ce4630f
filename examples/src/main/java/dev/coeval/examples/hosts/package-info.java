/**
 * The commands that work across hosts: {@code serve}, {@code sync}, {@code query} and {@code
 * berkeley}.
 *
 * <p>Each puts machines and responders on one port, and prints what they publish. The port's thread
 * never prints: it posts what happened, and the thread that runs the command prints it.
 *
 * <pre>
 *  port's thread:  machine --&gt; ExchangeCounter --&gt; clock is steered --&gt; listener
 *                                                                           | post
 *  main thread:    CtrlC, duration, interval --&gt;  EventLoop  &lt;--------------+
 *                                                     |
 *                                          text or JSON, CSV, summary
 * </pre>
 *
 * <p>Where to start: {@link dev.coeval.examples.hosts.SyncCommand}.
 */
@NullMarked
package dev.coeval.examples.hosts;

import org.jspecify.annotations.NullMarked;
