package dev.coeval.sync.sim;

import java.util.Arrays;
import org.apache.commons.math3.util.FastMath;

/**
 * One node's running oscillator: true time to ticks and wall clock, and ticks back to true time.
 *
 * <p>Its reading is a line in pieces. A piece begins at a true time {@code t0} with a whole number
 * of nanoseconds and a fraction, and goes on at {@code 1 + f}: {@code start + dt + floor(fraction +
 * f * dt)}. Rounding is monotone, hence so is the reading, and the inverse is exact: the first
 * nanosecond at which the reading is not below the one asked for. The random walk of seconds to
 * come is drawn ahead of its time where a timer has to know it, and kept until it is past.
 *
 * <p>True times may be asked for in increasing order only, as they come in a simulation.
 */
final class Oscillator {
  private static final long SECOND = 1_000_000_000L;
  private static final int LEAST_WALK = 16;
  private static final double LIMIT = Math.nextDown(OscillatorModel.MAX_FREQUENCY);

  private final OscillatorModel.Rate rate;
  private final SeededStream stream;
  private final long startNanos;
  private final Piece now = new Piece();
  private final Piece ahead = new Piece();
  private double[] walk = new double[0]; // of the seconds from walkFrom to before walked
  private int walkFrom;
  private int walked;
  private double walkedTo;
  private double extraFrequency;
  private long wallShift;
  private long tickShift;
  private long stoppedAtTick;
  private boolean stopped;

  /** The tick origin is the reading at which ticks are 0. */
  Oscillator(OscillatorModel model, SeededStream stream, long startNanos, long tickOrigin) {
    this.rate = model.rate();
    this.stream = stream;
    this.startNanos = startNanos;
    this.tickShift = Math.addExact(startNanos, tickOrigin);
    this.wallShift = model.offsetNanos();
    now.begin(startNanos, startNanos, 0);
  }

  long tickAt(long trueNanos) {
    return stopped ? stoppedAtTick : now.to(trueNanos).at(trueNanos) - tickShift;
  }

  /** The ticks at a time to come, if the rate is not stepped until then. */
  long tickLater(long trueNanos) {
    ahead.copy(now);
    return ahead.to(trueNanos).at(trueNanos) - tickShift;
  }

  long wallAt(long trueNanos) {
    return now.to(trueNanos).at(trueNanos) + wallShift;
  }

  double frequencyAt(long trueNanos) {
    return now.to(trueNanos).frequency;
  }

  /** The first true time, not before now, at which the ticks have reached a tick. */
  long timeOfTick(long tickNanos, long nowNanos) {
    long reading = Math.addExact(tickNanos, tickShift);
    if (now.to(nowNanos).at(nowNanos) >= reading) {
      return nowNanos;
    }
    ahead.copy(now);
    while (ahead.end != Long.MAX_VALUE && ahead.at(ahead.end) < reading) {
      ahead.next();
    }
    return ahead.timeOf(reading);
  }

  void stepWall(long deltaNanos) {
    wallShift = Math.addExact(wallShift, deltaNanos);
  }

  /** Ticks and wall clock jump. */
  void stepTicks(long deltaNanos) {
    tickShift = Math.subtractExact(tickShift, deltaNanos);
    wallShift = Math.addExact(wallShift, deltaNanos);
  }

  void stepFrequency(long trueNanos, double delta) {
    extraFrequency += delta;
    Piece piece = now.to(trueNanos);
    piece.begin(trueNanos, piece.at(trueNanos), piece.fractionAt(trueNanos));
  }

  /** Ticks stand from now on, the wall clock goes on. */
  void stop(long trueNanos) {
    stoppedAtTick = tickAt(trueNanos);
    stopped = true;
  }

  void resume(long trueNanos) {
    stopped = false;
    tickShift = now.to(trueNanos).at(trueNanos) - stoppedAtTick;
  }

  boolean isStopped() {
    return stopped;
  }

  private double frequencyOf(long second) {
    double f = rate.frequency() + extraFrequency + rate.agingPerSecond() * second;
    if (rate.wander() != 0) {
      f += walkAt(Math.toIntExact(second));
    }
    if (rate.temperatureAmplitude() != 0) {
      double turns = second * (double) SECOND / rate.temperaturePeriodNanos();
      f += rate.temperatureAmplitude() * FastMath.sin(2 * Math.PI * turns);
    }
    return Math.max(-LIMIT, Math.min(LIMIT, f));
  }

  private double walkAt(int second) {
    for (; walked <= second; walked++) {
      if (walked - walkFrom == walk.length) {
        makeRoom();
      }
      walkedTo += rate.wander() * stream.nextGaussian();
      walk[walked - walkFrom] = walkedTo;
    }
    return walk[second - walkFrom];
  }

  /** Nobody asks for a second before the present piece's; where half is past, that is forgotten. */
  private void makeRoom() {
    int past = Math.toIntExact((now.start - startNanos) / SECOND) - walkFrom;
    if (past > walk.length / 2) {
      System.arraycopy(walk, past, walk, 0, walk.length - past);
      walkFrom += past;
    } else {
      walk = Arrays.copyOf(walk, Math.max(LEAST_WALK, 2 * walk.length));
    }
  }

  private final class Piece {
    private long start;
    private long reading;
    private double fraction;
    private double frequency;
    private long end;

    void begin(long trueNanos, long readingThere, double fractionThere) {
      long second = (trueNanos - startNanos) / SECOND;
      start = trueNanos;
      reading = readingThere;
      fraction = fractionThere;
      frequency = frequencyOf(second);
      end = rate.isConstant() ? Long.MAX_VALUE : startNanos + (second + 1) * SECOND;
    }

    void copy(Piece other) {
      start = other.start;
      reading = other.reading;
      fraction = other.fraction;
      frequency = other.frequency;
      end = other.end;
    }

    /** This piece, gone on to the one that a time lies in. */
    Piece to(long trueNanos) {
      while (trueNanos >= end) {
        next();
      }
      return this;
    }

    void next() {
      begin(end, at(end), fractionAt(end));
    }

    long at(long trueNanos) {
      long dt = trueNanos - start;
      return reading + dt + (long) Math.floor(fraction + frequency * dt);
    }

    double fractionAt(long trueNanos) {
      double gain = fraction + frequency * (trueNanos - start);
      return gain - Math.floor(gain);
    }

    /**
     * The first time in this piece at which it reads at least this; its reading is below it now.
     */
    long timeOf(long wanted) {
      long guess = start + (long) ((wanted - reading - fraction) / (1 + frequency));
      while (at(guess) >= wanted) {
        guess--;
      }
      while (at(guess) < wanted) {
        guess++;
      }
      return guess;
    }
  }
}
