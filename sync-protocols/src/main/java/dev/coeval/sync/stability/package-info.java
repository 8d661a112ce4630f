/**
 * How stable a clock is over which time: Allan deviations and their kin.
 *
 * <p><b>What.</b> An ordinary deviation of a clock's frequency does not converge, since the
 * frequency walks away. The Allan deviation compares neighbouring averages over a time tau instead,
 * and its slope over tau on log axes tells the kinds of noise apart. {@link
 * dev.coeval.sync.stability.ClockSamples} holds phase or frequency at even intervals, {@link
 * dev.coeval.sync.stability.Deviation} is what can be computed of it, {@link
 * dev.coeval.sync.stability.PowerLaw} what noise looks like in it, and how sure a figure is.
 *
 * <pre>
 *   log sigma
 *      |  \ white PM, -1                       / random walk FM, +1/2
 *      |    \                               /
 *      |       \ white FM, -1/2           /
 *      |            \ _ _ _ _ _ _ _ _ _ /
 *      |                flicker FM, 0            how long to average, and how often to poll:
 *      +------------------------------------ log tau      where the curve is lowest
 * </pre>
 *
 * <p><b>When.</b> To know an oscillator before its synchronizer is chosen, to check a simulated
 * one, and to see what a disciplined clock is worth. The method is that of Riley, Handbook of
 * Frequency Stability Analysis, NIST Special Publication 1065 (2008), and Allan (1966).
 *
 * <p><b>Where to start.</b> {@code Deviation.OVERLAPPING_ALLAN.of(ClockSamples.ofPhase(x, 1), 16)}.
 */
@NullMarked
package dev.coeval.sync.stability;

import org.jspecify.annotations.NullMarked;
