/**
 * A network of hosts with bad clocks, in one thread and one seed.
 *
 * <p><b>What.</b> {@link dev.coeval.sync.sim.Simulation} runs the machines of {@link
 * dev.coeval.sync.machine} unchanged, on nodes whose oscillators are off, wander and jump, over
 * links that delay, lose, duplicate, reorder and replay. It knows the true time, so that {@link
 * dev.coeval.sync.sim.SkewProbe} can hold every claimed bound against it, at every event.
 *
 * <pre>
 *    OscillatorModel            LinkModel (one a direction)           OscillatorModel
 *          |                    delay, loss, mishaps                        |
 *    SimulatedNode  --- Send ---&gt; (queue of events by true time) ---&gt; SimulatedNode
 *      ticks, wall                       |                              ticks, wall
 *      Switchboard                   SkewProbe, Trace                   Switchboard
 *          | Publish(Report)
 *          v
 *    the owner's listener: steers the node's DisciplinedClock
 * </pre>
 *
 * <p><b>When.</b> Use it to test a protocol under faults that no network gives on demand, to
 * compare estimators on equal noise, and to see what a bound is worth. One seed replays one run,
 * byte for byte ({@link dev.coeval.sync.sim.Trace}).
 *
 * <p><b>Where to start.</b> {@link dev.coeval.sync.sim.Simulation}, then {@link
 * dev.coeval.sync.sim.OscillatorModel} and {@link dev.coeval.sync.sim.LinkModel}.
 */
@NullMarked
package dev.coeval.sync.sim;

import org.jspecify.annotations.NullMarked;
