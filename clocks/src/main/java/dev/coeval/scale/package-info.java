/**
 * Time scales: what the same moment is called in TAI, in UTC, and by those who smear a leap second.
 *
 * <p><b>What.</b> TAI counts seconds and nothing else. UTC is TAI less a whole number of seconds
 * that changes by one, a <em>leap second</em>, when the Earth asks for it; the count that computers
 * keep, nanoseconds since 1970 with 86,400 seconds a day ("POSIX time"), has no name for an
 * inserted second. A <em>smear</em> hides the leap in a clock that runs a little slow or fast for a
 * while. All here are immutable values and pure functions of time; no clock is read.
 *
 * <pre>
 *   an inserted second, L = 00:00:00 of the next day
 *
 *   TAI             ...  L+36-1        L+36         L+36+1       L+36+2
 *   UTC             ...  23:59:59      23:59:60     00:00:00     00:00:01
 *   UtcTime         ...  L-1           L-1 inLeap   L            L+1
 *   unbroken        ...  L-1           L            L+1          L+2      TAI less a constant
 *   POSIX, stepped  ...  L-1           L-1 again    L            L+1
 *   smeared         ...  in between, never twice the same
 * </pre>
 *
 * <p><b>Unbroken time</b> is the one scale in which arithmetic around a leap is safe: UTC as it
 * stood before the leap, counted on as if there were none. {@link dev.coeval.scale.LeapSecond}
 * converts from and to it, a {@link dev.coeval.scale.Smear} is a function of it.
 *
 * <p><b>When.</b> To know whether and when a leap second comes ({@link
 * dev.coeval.scale.LeapSecondTable}), to convert between UTC and TAI, and to tell a clock how it
 * shall take the leap ({@link dev.coeval.scale.LeapPolicy}; {@code dev.coeval.time} applies it).
 * Never average sources of which some smear and some do not: they disagree by up to a second.
 *
 * <p><b>Units.</b> Times are nanoseconds since 1970-01-01T00:00:00 in their scale, in a {@code
 * long}. A null argument throws {@link java.lang.NullPointerException}, an overflow {@link
 * java.lang.ArithmeticException}, unless a method says otherwise.
 *
 * <p><b>Where to start.</b> {@link dev.coeval.scale.LeapSecondTable#bundled()}.
 */
@NullMarked
package dev.coeval.scale;

import org.jspecify.annotations.NullMarked;
