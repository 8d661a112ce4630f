package dev.coeval.bench.lab;

import dev.coeval.bench.report.Numbers;
import dev.coeval.sync.sim.DelayModel;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.OscillatorModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Conditions under which an estimator is held against the least error there can be, on paper: no
 * clock is steered, the exchanges alone are looked at.
 *
 * @param name in words
 * @param oscillator of the client
 * @param link both ways
 * @param poll from one exchange to the next
 * @param exchanges how many; the first quarter does not count
 * @param known what filters that are told the wander achieve
 */
record PaperClock(
    String name,
    OscillatorModel oscillator,
    LinkModel link,
    Duration poll,
    int exchanges,
    Known known) {
  private static final double NONE = Double.NaN;
  private static final double LESS_OFTEN = 0.3;
  private static final int MICRO = 1_000;

  /**
   * Root mean square errors in microseconds; not a number where none is known.
   *
   * @param linear of a Kalman filter to which all exchanges are alike
   * @param best of one that weighs each by its round trip
   * @param floor of one that knows the law of the delays
   */
  record Known(double linear, double best, double floor) {}

  /** All of them, with so many exchanges each. */
  static List<PaperClock> all(int exchanges) {
    List<PaperClock> all = new ArrayList<>();
    double[] jitters = {10, 100, 1_000, 10_000};
    Known[] steady = {
      new Known(4.4, 2.8, 2.6),
      new Known(24.5, 12.8, 10.2),
      new Known(138, 62, 41),
      new Known(776, 322, 163)
    };
    Known[] rare = {
      new Known(18.5, 14.1, 14.1),
      new Known(72, 55, 54),
      new Known(392, 239, 214),
      new Known(2195, 1106, 857)
    };
    Known[] restless = {
      new Known(8.3, 6.6, 6.5),
      new Known(43.9, 28.0, 25.6),
      new Known(245, 128, 102),
      new Known(1380, 622, 410)
    };
    int fewer = (int) Math.ceil(exchanges * LESS_OFTEN);
    for (int i = 0; i < jitters.length; i++) {
      all.add(wandering(1, 64, jitters[i], exchanges, steady[i]));
    }
    for (int i = 0; i < jitters.length; i++) {
      all.add(wandering(1, 1_024, jitters[i], fewer, rare[i]));
    }
    for (int i = 0; i < jitters.length; i++) {
      all.add(wandering(10, 64, jitters[i], exchanges, restless[i]));
    }
    all.addAll(others(exchanges));
    return all;
  }

  private static PaperClock wandering(
      int ppb, int pollSeconds, double jitterMicros, int exchanges, Known known) {
    return new PaperClock(
        "%d ppb/s, poll %d s, %s".formatted(ppb, pollSeconds, Numbers.time(jitterMicros * MICRO)),
        OscillatorModel.perfect().withWander(ppb * 1e-9),
        LinkModel.exponential(Duration.ofMillis(1), micros(jitterMicros)),
        Duration.ofSeconds(pollSeconds),
        exchanges,
        known);
  }

  private static List<PaperClock> others(int exchanges) {
    OscillatorModel usual = OscillatorModel.perfect().withFrequency(30e-6).withWander(1e-9);
    OscillatorModel warm = OscillatorModel.perfect().withTemperature(0.5e-6, Duration.ofHours(1));
    LinkModel lan = LinkModel.exponential(Duration.ofNanos(100_000), micros(20));
    LinkModel wan =
        LinkModel.of(DelayModel.lognormal(Duration.ofMillis(20), Duration.ofMillis(5), 1));
    LinkModel host = LinkModel.exponential(micros(3), Duration.ofNanos(150));
    LinkModel office = LinkModel.exponential(Duration.ofMillis(1), micros(100));
    return List.of(
        new PaperClock(
            "LAN, poll 1 s, 20 µs",
            usual,
            lan,
            Duration.ofSeconds(1),
            exchanges,
            new Known(1.6, 0.7, NONE)),
        new PaperClock(
            "loopback, poll 0.1 s, 150 ns",
            usual,
            host,
            Duration.ofMillis(100),
            exchanges,
            new Known(0.017, 0.010, NONE)),
        new PaperClock(
            "WAN, lognormal, poll 64 s, 5 ms",
            usual,
            wan,
            Duration.ofSeconds(64),
            exchanges,
            new Known(572, 183, NONE)),
        new PaperClock(
            "WAN, lognormal, poll 16 s, 5 ms",
            usual,
            wan,
            Duration.ofSeconds(16),
            exchanges,
            new Known(336, 107, NONE)),
        new PaperClock(
            "0.5 ppm up and down an hour, poll 16 s, 100 µs",
            warm,
            office,
            Duration.ofSeconds(16),
            exchanges,
            new Known(28, 14, NONE)),
        new PaperClock(
            "0.5 ppm up and down an hour, poll 64 s, 100 µs",
            warm,
            office,
            Duration.ofSeconds(64),
            exchanges,
            new Known(52, 32, NONE)));
  }

  private static Duration micros(double count) {
    return Duration.ofNanos(Math.round(count * MICRO));
  }
}
