package dev.coeval.sync.estimate;

import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import org.jspecify.annotations.Nullable;

/**
 * What the estimators that fit a line to the last exchanges have in common: which exchanges those
 * are, and what the oscillator's wander does to lines.
 *
 * <p><b>Problem.</b> A line through old exchanges is wrong once the oscillator has drifted away,
 * the source has stepped or the route has changed; a line through few exchanges believes their
 * noise.
 *
 * <p><b>Idea.</b> No datagram is too early. If a straight line is right, there is room between it
 * and the quickest forwards above, and between it and the quickest replies below; both rooms
 * together are at least the least round trip without its queueing. Of {@code n} exchanges with
 * exponential jitter {@code J} each way the least excess is beyond {@code k J / sqrt(n)} with
 * probability {@code exp(-k²/2)}. So a line that leaves less room than that is bent, whatever the
 * noise: no queue does it.
 *
 * <p><b>Steps</b>, at each exchange:
 *
 * <ol>
 *   <li>One that is older than the last, or the same, is passed over.
 *   <li>If the certain bounds exclude the line, it is forgotten at once, except its frequency,
 *       which is expected from then on, give or take 10 ppm.
 *   <li>One that is earlier than any queue can make it is held back. If two more agree, the source
 *       has stepped (or the route has become shorter, which looks the same): all before them is
 *       forgotten. If not, it was an outlier and is dropped.
 *   <li>If the newest half's least round trip is above the median of the rest, the route has become
 *       longer: of 64 exchanges chance does that once in 2<sup>32</sup> times. The rest is dropped.
 *   <li>The fit. While the line is bent, the oldest quarter is dropped and it is fitted again.
 *   <li>How fast the frequency walks is learned from how the slopes of windows differ that do not
 *       overlap ({@link LearnedWander}). The window becomes shorter until what the walk adds to the
 *       variance of the offset is half of what noise makes of it, near where their sum is least;
 *       and what it adds is added to the errors.
 *   <li>The line is held within the bounds.
 * </ol>
 *
 * <p><b>Known attack.</b> Whoever delays one direction by a constant moves the offset by half of
 * it, unseen, within the bounds: every exchange alone is consistent with that (Lundelius and Lynch
 * 1984).
 */
abstract class WindowedEstimator implements Estimator {

  /** More would be too old: the default of a regression too. */
  static final int DEFAULT_WINDOW = 64;

  /** A limit on memory and on the time of an update, which is linear in it. */
  static final int MAX_WINDOW = 1024;

  /** The width of a uniform distribution over its standard deviation, squared. */
  static final double SPREAD_SQUARED = 12;

  /** What {@code k J / sqrt(n)} must exceed: chance does it with 4e-6. */
  private static final double BENT = 5;

  /** The deviations that a slope is allowed. */
  private static final double SURE = 3;

  /** Beyond so many times that, it is no slow bend but a step or an outlier. */
  private static final double GROSS = 4;

  /** How many exchanges in a row must disagree with the line for a step. */
  private static final int DISAGREEING = 3;

  /** With fewer exchanges nothing is a surprise. */
  private static final int MIN_TO_BE_SURPRISED = 4;

  /** Slopes of fewer say nothing of how they walk. */
  private static final int MIN_TO_WALK = 4;

  /**
   * What wander may add to the variance of noise: if that falls as the window's length the sum is
   * least at a third of it, if as its square at two thirds.
   */
  private static final double WORTH = 0.5;

  /** A route is watched once each half has as many. */
  private static final int MIN_HALF = 16;

  private final ExchangeWindow window;
  private final StandingLine line = new StandingLine();
  private final LearnedWander wander = new LearnedWander();
  private final @Nullable Measurement[] heldBack = new @Nullable Measurement[DISAGREEING - 1];
  private int held;
  private boolean hasSeen;
  private long lastSentTick;
  private long lastReceivedTick;

  WindowedEstimator(int capacity) {
    if (capacity < 1 || capacity > MAX_WINDOW) {
      throw new IllegalArgumentException("window is out of range: " + capacity);
    }
    this.window = new ExchangeWindow(capacity);
  }

  /** Fits a line to a window that is not empty; it is anchored at the window's origin already. */
  abstract void fit(ExchangeWindow exchanges, StandingLine fitted);

  /** The exchange to fit a line to now that another came in, newer than before; null if none. */
  @Nullable Measurement choose(Measurement measurement) {
    return measurement;
  }

  /** What came before is of another time or path. */
  void forgetExchanges() {}

  @Override
  public final boolean add(Measurement measurement, OffsetBounds bounds) {
    if (bounds.isEmpty()) {
      throw new IllegalArgumentException("bounds are empty: " + bounds);
    }
    if (!isNews(measurement)) {
      return false;
    }
    if (excludes(bounds)) {
      restart();
    }
    boolean taken = take(measurement);
    line.hold(bounds);
    return taken;
  }

  /** Whether an exchange is newer than the last, at both its ends. */
  private boolean isNews(Measurement measurement) {
    long sent = measurement.sentTickNanos();
    long received = measurement.receivedTickNanos();
    if (hasSeen && (sent <= lastSentTick || received <= lastReceivedTick)) {
      return false;
    }
    hasSeen = true;
    lastSentTick = sent;
    lastReceivedTick = received;
    return true;
  }

  private boolean take(Measurement measurement) {
    if (isTooEarly(measurement)) {
      if (held < heldBack.length) {
        heldBack[held++] = measurement;
        return false;
      }
      restart();
      window.add(requireHeld(0));
      window.add(requireHeld(1));
    }
    held = 0;
    Measurement chosen = choose(measurement);
    if (chosen == null) {
      return false;
    }
    window.add(chosen);
    refit();
    return true;
  }

  private Measurement requireHeld(int index) {
    Measurement kept = heldBack[index];
    if (kept == null) {
      throw new IllegalStateException("none is held back at " + index);
    }
    return kept;
  }

  private void refit() {
    if (window.size() >= 2 * MIN_HALF && window.isLongerNow()) {
      cut(window.size() / 2);
    }
    fit();
    while (window.size() >= MIN_TO_BE_SURPRISED && isBent()) {
      cut((window.size() + 3) / 4);
      fit();
    }
    while (window.size() > MIN_TO_BE_SURPRISED
        && wander.offsetVariance(span()) > WORTH * line.offsetVariance()) {
      window.dropOldest(1 + window.size() / 16);
      fit();
    }
    if (window.size() >= MIN_TO_WALK) {
      wander.observe(window.tickNanos(), line.slope(), square(line.slopeError()), span());
    }
    line.setWander(wander, span());
  }

  private double span() {
    return -window.seconds(0);
  }

  private static double square(double value) {
    return value * value;
  }

  private void fit() {
    line.anchor(window.tickNanos(), window.offsetNanos());
    fit(window, line);
  }

  private void cut(int count) {
    line.expectAsItStands();
    window.dropOldest(count);
  }

  /** Whether the line leaves less room than noise and the error of its slope explain. */
  private boolean isBent() {
    int n = window.size();
    double slope = line.slope();
    double room = window.leastForward(slope, 0, n) + window.leastBackward(slope, 0, n);
    double tilt = -window.seconds(0) * line.slopeError();
    return window.leastDelayNanos() - room > BENT * allowance() + SURE * tilt;
  }

  /** What the least excess is likely to be. */
  private double allowance() {
    return window.jitterNanos() / Math.sqrt(window.size())
        + window.precisionNanos()
        + window.unlearnedNanos();
  }

  /** Whether the bounds exclude the line by more than its error explains. */
  private boolean excludes(OffsetBounds bounds) {
    if (!line.isKnown()) {
      return false;
    }
    long there = line.offsetAt(bounds.tickNanos());
    double off = Math.abs((double) (bounds.clamp(there) - there));
    return off > BENT * (line.errorAt(bounds.tickNanos()) + window.precisionNanos());
  }

  /** Whether either way was quicker than the line, its error and all exchanges held allow. */
  private boolean isTooEarly(Measurement measurement) {
    int n = window.size();
    if (!line.isKnown() || n < MIN_TO_BE_SURPRISED) {
      return false;
    }
    long tick = measurement.sentTickNanos() + measurement.roundTripNanos() / 2;
    long expected = line.offsetAt(tick);
    double above = measurement.forwardNanos() - expected;
    double below = measurement.backwardNanos() + expected;
    double base = line.offsetAt(window.tickNanos()) - window.offsetNanos();
    double early =
        Math.max(
            window.leastForward(line.slope(), 0, n) - base - above,
            window.leastBackward(line.slope(), 0, n) + base - below);
    return early > GROSS * BENT * (allowance() + line.errorAt(tick));
  }

  private void restart() {
    line.forget();
    wander.interrupt();
    window.clear();
    forgetExchanges();
  }

  @Override
  public final boolean isKnown() {
    return line.isKnown();
  }

  @Override
  public final long offsetNanosAt(long tickNanos) {
    return line.offsetAt(tickNanos);
  }

  @Override
  public final double errorNanosAt(long tickNanos) {
    return line.errorAt(tickNanos);
  }

  @Override
  public final double frequency() {
    return line.frequency();
  }

  @Override
  public final double frequencyError() {
    return line.frequencyError();
  }

  @Override
  public final double wander() {
    return line.wander();
  }

  /** The line ages; if the path is another one afterwards, the next exchanges will show it. */
  @Override
  public final void fallSilent() {
    held = 0;
  }

  @Override
  public final void shift(long nanos) {
    window.shift(nanos);
    line.shift(nanos);
    held = 0;
  }

  @Override
  public final void reset() {
    restart();
    held = 0;
    hasSeen = false;
  }
}
