package dev.coeval.scale;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A way to spread a leap second over hours: a pure function from unbroken to smeared time.
 *
 * <p><b>Problem.</b> Programs that cannot bear a repeated second want a clock that is continuous
 * and never stands still. Somewhere between two ends it must then differ from UTC, by up to a
 * second.
 *
 * <p><b>Idea.</b> Smeared time is unbroken time less an offset that grows from exactly 0 to exactly
 * the second, along a curve:
 *
 * <ul>
 *   <li>{@linkplain #noonToNoon() linear}, the constant rate of Google Public NTP and of the Amazon
 *       Time Sync Service: 11.6 ppm;
 *   <li>{@linkplain #utcSls() UTC-SLS} (Kuhn 2006), the same within the last 1000 s of the day;
 *   <li>{@linkplain #cosineNoonToNoon() cosine}, whose rate is continuous as well (Google 2011);
 *   <li>{@linkplain #quadratic quadratic}, whose rate changes at a bounded pace, after the leap:
 *       what chrony's servers do;
 *   <li>{@linkplain #slewed slewed}, at a constant rate after the leap.
 * </ul>
 *
 * <p><b>Known attack.</b> Mixing: a client of smeared and unsmeared servers sees them disagree by
 * up to a second in the middle of the day, without any of them being broken. Whoever smears must do
 * so for all clients, and must not announce the leap to them.
 *
 * <p>Immutable and thread-safe.
 */
public final class Smear {

  /** No smear is longer: 30 days, in seconds. Leap seconds are at least a month apart. */
  public static final long MAX_SECONDS = TimeUnit.DAYS.toSeconds(30);

  /** Nor faster: a third, the largest slew that a clock is given, in parts per billion. */
  public static final long MAX_RATE_PPB = 333_333_333L;

  private static final long HALF_DAY = TimeUnit.HOURS.toSeconds(12);
  private static final double PPM = 1e-6;

  private final Curve curve;

  private Smear(Curve curve) {
    this.curve = curve;
  }

  /**
   * Linear, from the noon before the leap to the noon after it, 24 hours of smeared time.
   *
   * @return the smear of Google and Amazon
   */
  public static Smear noonToNoon() {
    return new Smear(new Curve.Linear(Window.around(HALF_DAY, HALF_DAY)));
  }

  /**
   * Linear, from some time before the leap to some time after it, by the smeared clock.
   *
   * @param before how long before the leap it begins; whole seconds, not negative
   * @param after how long after the leap it ends; whole seconds, not negative
   * @return the smear
   * @throws IllegalArgumentException if both together are less than three seconds, or more than
   *     {@link #MAX_SECONDS}
   */
  public static Smear linear(Duration before, Duration after) {
    return new Smear(new Curve.Linear(Window.around(before.toSeconds(), after.toSeconds())));
  }

  /**
   * UTC with smoothed leap seconds: linear in the last 1000 seconds of the day, one in a thousand
   * slow or fast. This is the scale that {@link java.time.Instant} means.
   *
   * @return the smear
   */
  public static Smear utcSls() {
    return new Smear(new Curve.Linear(Window.lastOfDay(1000)));
  }

  /**
   * Along a half wave of the cosine, from the noon before the leap to the noon after it.
   *
   * @return the smear
   */
  public static Smear cosineNoonToNoon() {
    return new Smear(new Curve.Cosine(Window.around(HALF_DAY, HALF_DAY)));
  }

  /**
   * Along a half wave of the cosine, from some time before the leap to some time after it.
   *
   * @param before how long before the leap it begins; whole seconds, not negative
   * @param after how long after the leap it ends; whole seconds, not negative
   * @return the smear
   * @throws IllegalArgumentException if both together are less than three seconds, or more than
   *     {@link #MAX_SECONDS}
   */
  public static Smear cosine(Duration before, Duration after) {
    return new Smear(new Curve.Cosine(Window.around(before.toSeconds(), after.toSeconds())));
  }

  /**
   * From the leap on, with a rate that grows at a constant pace, is held at a largest one if it
   * gets there, and falls at the same pace. At 0.001 ppm a second it takes 2 √10⁹ = 63,246 seconds,
   * and its rate never passes 31.6 ppm.
   *
   * @param maxFrequencyPpm the largest rate, in parts per million; up to a third
   * @param wanderPpmPerSecond by how much the rate may change in a second, in parts per million
   * @return the smear that chrony calls {@code smoothtime}
   * @throws IllegalArgumentException if one is not positive or it would take less than three
   *     seconds or more than {@link #MAX_SECONDS}
   */
  public static Smear quadratic(double maxFrequencyPpm, double wanderPpmPerSecond) {
    if (!(maxFrequencyPpm > 0 && maxFrequencyPpm * 1e3 <= MAX_RATE_PPB)) {
      throw new IllegalArgumentException("maxFrequencyPpm is out of range: " + maxFrequencyPpm);
    }
    if (!(wanderPpmPerSecond > 0)) {
      throw new IllegalArgumentException(
          "wanderPpmPerSecond is out of range: " + wanderPpmPerSecond);
    }
    return new Smear(Curve.Quadratic.of(maxFrequencyPpm * PPM, wanderPpmPerSecond * PPM));
  }

  /**
   * From the leap on, at a constant rate: what a clock's slew does to an inserted second.
   *
   * @param ratePpb the rate in parts per billion; up to {@link #MAX_RATE_PPB}, and so large that it
   *     takes no more than {@link #MAX_SECONDS}
   * @return the smear
   * @throws IllegalArgumentException if the rate is out of range
   */
  public static Smear slewed(long ratePpb) {
    if (ratePpb > MAX_RATE_PPB || ratePpb * MAX_SECONDS < TimeUnit.SECONDS.toNanos(1)) {
      throw new IllegalArgumentException("ratePpb is out of range: " + ratePpb);
    }
    return new Smear(new Curve.Slewed(ratePpb));
  }

  /**
   * When the smear of a leap begins: up to here smeared time is unbroken time.
   *
   * @param leap the leap second
   * @return unbroken time, in nanoseconds since the Unix epoch
   */
  public long startNanos(LeapSecond leap) {
    return curve.startNanos(leap);
  }

  /**
   * When the smear of a leap is over: from here on smeared time is POSIX time again.
   *
   * @param leap the leap second
   * @return unbroken time, in nanoseconds since the Unix epoch
   */
  public long endNanos(LeapSecond leap) {
    return curve.startNanos(leap) + curve.durationNanos(leap);
  }

  /**
   * By how much smeared time is behind unbroken time.
   *
   * @param leap the leap second
   * @param unbrokenNanos unbroken time, in nanoseconds since the Unix epoch
   * @return nanoseconds: from 0 to a second, or to minus a second if one is left out
   */
  public long offsetNanosAt(LeapSecond leap, long unbrokenNanos) {
    long start = startNanos(leap);
    if (unbrokenNanos <= start) {
      return 0;
    }
    if (unbrokenNanos >= endNanos(leap)) {
      return leap.shiftNanos();
    }
    return leap.seconds() * curve.doneNanos(unbrokenNanos - start, curve.durationNanos(leap));
  }

  /**
   * How fast the offset grows: smeared time runs at 1 less this.
   *
   * @param leap the leap second
   * @param unbrokenNanos unbroken time, in nanoseconds since the Unix epoch
   * @return seconds a second; 0 outside the smear, negative if a second is left out
   */
  public double rateAt(LeapSecond leap, long unbrokenNanos) {
    long start = startNanos(leap);
    if (unbrokenNanos < start || unbrokenNanos >= endNanos(leap)) {
      return 0;
    }
    return leap.seconds() * curve.rate(unbrokenNanos - start, curve.durationNanos(leap));
  }

  /**
   * Smeared time at a moment: never decreasing.
   *
   * @param leap the leap second
   * @param unbrokenNanos unbroken time, in nanoseconds since the Unix epoch
   * @return nanoseconds since the Unix epoch in the smeared scale, held at the ends of the range
   */
  public long smearedNanosOf(LeapSecond leap, long unbrokenNanos) {
    return Saturated.subtract(unbrokenNanos, offsetNanosAt(leap, unbrokenNanos));
  }

  /**
   * The first moment at which smeared time is not before a reading: the inverse of {@link
   * #smearedNanosOf}, to a nanosecond. In steps: halve the smear until one nanosecond is left.
   *
   * @param leap the leap second
   * @param smearedNanos a reading in the smeared scale, in nanoseconds since the Unix epoch
   * @return unbroken time, in nanoseconds since the Unix epoch, held at the ends of the range
   */
  public long unbrokenNanosOf(LeapSecond leap, long smearedNanos) {
    long before = startNanos(leap);
    long reached = endNanos(leap);
    if (smearedNanos <= before) {
      return smearedNanos;
    }
    if (smearedNanos > reached - leap.shiftNanos()) {
      return Saturated.add(smearedNanos, leap.shiftNanos());
    }
    while (reached - before > 1) {
      long middle = before + (reached - before) / 2;
      if (smearedNanosOf(leap, middle) >= smearedNanos) {
        reached = middle;
      } else {
        before = middle;
      }
    }
    return reached;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Smear smear && curve.equals(smear.curve);
  }

  @Override
  public int hashCode() {
    return curve.hashCode();
  }

  @Override
  public String toString() {
    return curve.toString();
  }
}
