/**
 * Named scenarios: the three protocols in the simulator, under one kind of trouble each.
 *
 * <p><b>What.</b> A {@link dev.coeval.sync.scenario.Scenario} is a protocol in a {@link
 * dev.coeval.sync.scenario.Situation}: a network, oscillators, faults at stated times. A seed and
 * its name replay a run. Every node's clock is watched by a {@link dev.coeval.sync.sim.SkewProbe},
 * and the {@link dev.coeval.sync.scenario.ScenarioResult} says what is asked of a synchronizer: how
 * soon, how far off at most and on the average, how wide the claimed bound was, and whether it was
 * ever false; besides who noticed what, and when.
 *
 * <pre>
 *   Cristian, NTP:   leaders (servers, exact, some may lie)   followers (clients)
 *   Berkeley:        leader (configured to coordinate)        followers (members)
 *
 *      leader  &lt;---- the link towards the leader ----  follower
 *              ----- the link from the leader ------&gt;
 * </pre>
 *
 * <p><b>What counts as the truth.</b> For Cristian and NTP, true time. A Berkeley group has no
 * reference: a clock's error is its distance from the mean of all the group's clocks, and its bound
 * speaks, as {@link dev.coeval.sync.berkeley} says, of the mean of those that took part in the
 * round of its last correction.
 *
 * <p><b>When.</b> To see a protocol at work, to compare, to test and to measure. For a topology of
 * one's own, use {@link dev.coeval.sync.sim.Simulation} directly.
 *
 * <p><b>Where to start.</b> {@code Scenario.named("ntp-lan").orElseThrow().run(42)}.
 */
@NullMarked
package dev.coeval.sync.scenario;

import org.jspecify.annotations.NullMarked;
