/**
 * Physical time that knows its own error.
 *
 * <p><b>What.</b> An operating system offers two clocks: <em>ticks</em>, which only ever count up
 * at an almost constant rate, and a <em>wall clock</em>, which names the time but may be stepped by
 * anybody. This package reads both as a pair ({@link dev.coeval.time.ClockReading}), and turns
 * ticks into time with an error bound, {@code [earliest, latest]} ({@link
 * dev.coeval.time.BoundedInstant}), by a small pure model that a synchronizer steers.
 *
 * <pre>
 *   operating system           pure values                         what users hold
 *   ----------------           -----------                         ---------------
 *   ClockReader  --ticks--&gt;    ClockModel  ---time, bound---&gt;      DisciplinedClock (BoundedInstantSource)
 *                                 ^                                    |
 *   a synchronizer --ClockEstimate|                                    +--&gt; CommitWait.awaitPast(t), whenPast(t)
 * </pre>
 *
 * <p><b>When.</b> Use {@link dev.coeval.time.DisciplinedClock} wherever a program would call {@code
 * Clock.systemUTC()} but must know how wrong the answer can be, or must never see time run
 * backwards. Nothing here touches the operating system's own clock.
 *
 * <p><b>Two bounds.</b> The guaranteed one, which {@link dev.coeval.time.DisciplinedClock} itself
 * answers with, stands on the drift bound that the owner of the oscillator states. The
 * characterised one ({@link dev.coeval.time.DisciplinedClock#characterised()}) is made of the same
 * readings and aged by what was learned of the oscillator ({@link dev.coeval.time.LearnedDrift}):
 * far narrower between the readings, and only as likely as it says. Where a wrong answer would
 * break what the program promises, as in a {@link dev.coeval.time.CommitWait}, take the guaranteed
 * one.
 *
 * <p><b>Leap seconds</b> are announced to a clock beforehand ({@link
 * dev.coeval.time.DisciplinedClock#announce}) and happen at their instant, in the way that its
 * {@link dev.coeval.scale.LeapPolicy} says; {@link dev.coeval.scale} knows which there are.
 *
 * <p><b>Units.</b> Every primitive says its unit. Times are nanoseconds since 1970-01-01T00:00:00Z
 * in a {@code long} ("epoch nanos": 1677-09-21 to 2262-04-11); ticks are nanoseconds from an origin
 * that differs from host to host; rates are seconds a second or parts per billion. A null argument
 * throws {@link java.lang.NullPointerException}, an overflow {@link java.lang.ArithmeticException},
 * unless a method says otherwise.
 *
 * <p><b>Where to start.</b> {@link dev.coeval.time.ClockReader#system()}, then {@link
 * dev.coeval.time.DisciplinedClock}.
 */
@NullMarked
package dev.coeval.time;

import org.jspecify.annotations.NullMarked;
