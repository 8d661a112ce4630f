package dev.coeval.sync.discipline;

import dev.coeval.sync.filter.ClockFilter;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockModel;
import dev.coeval.time.ClockReading;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;

/**
 * One exact server, one client, and the statistics of chrony's simulation tests: an oscillator
 * whose frequency walks at every second, exponential delays, adaptive polls, and time error and
 * rate sampled at every true second. Without packets and machines, so that hundreds of seeds take
 * seconds.
 */
final class Rehearsal {
  static final PeerId SERVER = PeerId.simulated(1);
  private static final long ORIGIN = 1_700_000_000_000_000_000L;
  private static final long BOOT = 5_000_000_000_000L;
  private static final double TIMEOUT = 1;

  /** What may differ; the rest is chrony's default. */
  static final class Setting {
    double offset = 0.1;
    double frequency = 1e-4;
    double frequencySlope;
    double wander = 1e-9;
    double base = 1e-4;
    double jitter = 1e-4;
    double asymmetry;
    int seconds = 10_000;
    int minPoll = 6;
    int maxPoll = 10;
    BiPredicate<Double, Integer> passes = (at, count) -> true;
    SteeringPolicy steering = SteeringPolicy.with(StepPolicy.never());
    EnsembleConfig ensemble = EnsembleConfig.defaults(List.of(SERVER));
  }

  /** What came out. */
  static final class Result {
    private final double[] errors;
    private final double[] rates;
    private final long violations;
    private final double claimed;

    Result(double[] errors, double[] rates, long violations, double claimed) {
      this.errors = errors;
      this.rates = rates;
      this.violations = violations;
      this.claimed = claimed;
    }

    double[] errors() {
      return errors;
    }

    double[] rates() {
      return rates;
    }

    /** At how many seconds the truth was not within the bound. */
    long violations() {
      return violations;
    }

    /** The likely error claimed, over the true one. */
    double claimed() {
      return claimed;
    }

    int syncTime(double maxError, double maxRate) {
      for (int k = errors.length - 1; k >= 0; k--) {
        if (Math.abs(errors[k]) > maxError || Math.abs(rates[k]) > maxRate) {
          return k + 1;
        }
      }
      return 0;
    }

    static double max(double[] values, int from) {
      double max = 0;
      for (int k = from; k < values.length; k++) {
        max = Math.max(max, Math.abs(values[k]));
      }
      return max;
    }

    static double rms(double[] values, int from) {
      double sum = 0;
      for (int k = from; k < values.length; k++) {
        sum += values[k] * values[k];
      }
      return Math.sqrt(sum / (values.length - from));
    }
  }

  private final Setting setting;
  private final RandomGenerator random;
  private final Ensemble ensemble;
  private final ClockFilter filter = new ClockFilter(60);
  private final double[] phase;
  private final double[] rate;
  private ClockModel model;
  private ClockEstimate standing;
  private int poll;
  private int count;
  private int misses;

  Rehearsal(Setting setting, long seed) {
    this.setting = setting;
    this.random = new SplittableRandom(seed);
    this.ensemble = new Ensemble(setting.ensemble);
    this.phase = new double[setting.seconds + 200_000];
    this.rate = new double[phase.length];
    this.poll = setting.minPoll;
    double walk = 0;
    for (int k = 0; k < phase.length; k++) {
      walk += setting.wander * random.nextGaussian();
      rate[k] = setting.frequency + walk + setting.frequencySlope * k;
      if (k + 1 < phase.length) {
        phase[k + 1] = phase[k] + rate[k];
      }
    }
    long wall = ORIGIN + Math.round(setting.offset * 1e9);
    this.model =
        ClockModel.unsynchronized(
            new ClockReading(BOOT, wall, 0), setting.ensemble.local().driftBoundPpb());
  }

  private long tick(double t) {
    int k = (int) t;
    return BOOT + Math.round((t + phase[k] + rate[k] * (t - k)) * 1e9);
  }

  private static long epoch(double t) {
    return ORIGIN + Math.round(t * 1e9);
  }

  private double delay(double sign) {
    return setting.base
        - setting.jitter * (1 + sign * 2 * setting.asymmetry) * Math.log(1 - random.nextDouble());
  }

  Result run() {
    double[] errors = new double[setting.seconds + 1];
    double[] rates = new double[setting.seconds + 1];
    double next = 0.2;
    int sampled = 0;
    long violations = 0;
    double claims = 0;
    double squares = 0;
    int requests = 0;
    while (sampled <= setting.seconds) {
      double due = next;
      double answered = due;
      Measurement measurement = null;
      requests++;
      if (setting.passes.test(due, requests)) {
        double t2 = due + delay(-1);
        answered = t2 + delay(1);
        measurement =
            new Measurement(
                SERVER, tick(due), epoch(t2), epoch(t2), tick(answered), Measurement.Root.EXACT);
      } else {
        answered = due + TIMEOUT;
      }
      for (; sampled <= setting.seconds && sampled <= answered; sampled++) {
        long tick = tick(sampled);
        long error = model.epochNanosAt(tick) - epoch(sampled);
        errors[sampled] = error * 1e-9;
        rates[sampled] = (1 + rate[sampled]) * (1 + model.frequency() + model.slewAt(tick)) - 1;
        if (model.isSynchronized()) {
          violations += model.boundsAt(tick).contains(epoch(sampled)) ? 0 : 1;
          if (sampled > 2000) {
            claims += Math.pow((double) model.statisticalErrorNanosAt(tick), 2);
            squares += (double) error * error;
          }
        }
      }
      if (measurement == null) {
        miss(tick(answered));
      } else {
        take(measurement);
      }
      next = due + Math.scalb(1.0, poll) * (1 + 0.02 * random.nextDouble());
      next = Math.max(next, answered);
    }
    return new Result(errors, rates, violations, Math.sqrt(claims / squares));
  }

  private void miss(long tick) {
    misses++;
    filter.missed(tick);
    count = 0;
    poll = misses <= 8 ? setting.minPoll : Math.min(poll + 1, setting.maxPoll);
    ensemble.missed(SERVER, new ClockReading(tick, 0, 0));
  }

  private void take(Measurement measurement) {
    misses = 0;
    ClockEstimate before = standing;
    filter
        .add(measurement, before == null ? 0 : before.frequency())
        .ifPresent(
            sample -> {
              long age = before == null ? 0 : sample.estimate().tickNanos() - before.tickNanos();
              double off =
                  before == null
                      ? Double.MAX_VALUE
                      : Math.abs(
                          sample.estimate().offsetNanos()
                              - (before.epochNanos() - before.tickNanos())
                              - age * before.frequency());
              count += off <= 4.0 * sample.jitterNanos() ? 1 : -2;
              if (count >= 8) {
                count = 0;
                poll = Math.min(poll + 1, setting.maxPoll);
              } else if (count <= -8) {
                count = 0;
                poll = Math.max(poll - 1, setting.minPoll);
              }
            });
    ensemble
        .add(measurement)
        .estimate()
        .ifPresent(
            estimate -> {
              standing = estimate;
              model = model.steer(estimate, measurement.receivedTickNanos(), setting.steering);
            });
  }
}
