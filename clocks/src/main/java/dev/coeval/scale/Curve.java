package dev.coeval.scale;

/** The course of a smear: how much of the second is done when. Pure. */
sealed interface Curve {
  /** A second, in nanoseconds. */
  long SECOND = 1_000_000_000L;

  /** When it begins, in unbroken time. */
  long startNanos(LeapSecond leap);

  /** How long it takes, in unbroken time. */
  long durationNanos(LeapSecond leap);

  /** How much of the second is done, after so much of the duration: 0 to a second, rising. */
  long doneNanos(long elapsedNanos, long durationNanos);

  /** How fast it is being done, in seconds a second. */
  double rate(long elapsedNanos, long durationNanos);

  /** At a constant rate: exact, as the second is a whole part of whole seconds. */
  record Linear(Window window) implements Curve {
    @Override
    public long startNanos(LeapSecond leap) {
      return window.startNanos(leap);
    }

    @Override
    public long durationNanos(LeapSecond leap) {
      return window.durationNanos(leap);
    }

    @Override
    public long doneNanos(long elapsedNanos, long durationNanos) {
      return elapsedNanos / (durationNanos / SECOND);
    }

    @Override
    public double rate(long elapsedNanos, long durationNanos) {
      return SECOND / (double) durationNanos;
    }
  }

  /** Along {@code (1 - cos(pi t)) / 2}, written as the square of a sine, which is exact near 0. */
  record Cosine(Window window) implements Curve {
    @Override
    public long startNanos(LeapSecond leap) {
      return window.startNanos(leap);
    }

    @Override
    public long durationNanos(LeapSecond leap) {
      return window.durationNanos(leap);
    }

    @Override
    public long doneNanos(long elapsedNanos, long durationNanos) {
      double sine = StrictMath.sin(Math.PI / 2 * elapsedNanos / durationNanos);
      return Math.round(SECOND * sine * sine);
    }

    @Override
    public double rate(long elapsedNanos, long durationNanos) {
      double phase = Math.PI * elapsedNanos / durationNanos;
      return Math.PI / 2 * StrictMath.sin(phase) * SECOND / durationNanos;
    }
  }

  /**
   * Along a parabola, a line and a parabola: the rate rises for a ramp, is held, and falls.
   *
   * @param wander seconds a second, a second
   * @param rampSeconds how long the rate rises
   * @param holdSeconds how long it is held
   */
  record Quadratic(double wander, double rampSeconds, double holdSeconds) implements Curve {

    static Quadratic of(double maxFrequency, double wander) {
      double ramp = Math.min(Math.sqrt(1 / wander), maxFrequency / wander);
      double frequency = wander * ramp;
      double hold = Math.max(0, 1 / frequency - ramp);
      Window.requireLength(2 * ramp + hold);
      return new Quadratic(wander, ramp, hold);
    }

    @Override
    public long startNanos(LeapSecond leap) {
      return leap.unbrokenNanos();
    }

    @Override
    public long durationNanos(LeapSecond leap) {
      return (long) Math.ceil((2 * rampSeconds + holdSeconds) * SECOND);
    }

    @Override
    public long doneNanos(long elapsedNanos, long durationNanos) {
      double t = elapsedNanos / (double) SECOND;
      double left = Math.max(0, (durationNanos - elapsedNanos) / (double) SECOND);
      double done;
      if (t < rampSeconds) {
        done = wander * t * t / 2;
      } else if (t < rampSeconds + holdSeconds) {
        done = wander * rampSeconds * (t - rampSeconds / 2);
      } else {
        done = 1 - wander * left * left / 2;
      }
      return Math.round(done * SECOND);
    }

    @Override
    public double rate(long elapsedNanos, long durationNanos) {
      double t = elapsedNanos / (double) SECOND;
      double left = (durationNanos - elapsedNanos) / (double) SECOND;
      return wander * Math.min(rampSeconds, Math.min(t, left));
    }
  }

  /** At a constant rate from the leap on: exact. */
  record Slewed(long ratePpb) implements Curve {
    @Override
    public long startNanos(LeapSecond leap) {
      return leap.unbrokenNanos();
    }

    @Override
    public long durationNanos(LeapSecond leap) {
      return (SECOND * SECOND + ratePpb - 1) / ratePpb;
    }

    @Override
    public long doneNanos(long elapsedNanos, long durationNanos) {
      return elapsedNanos * ratePpb / SECOND;
    }

    @Override
    public double rate(long elapsedNanos, long durationNanos) {
      return ratePpb / (double) SECOND;
    }
  }
}
