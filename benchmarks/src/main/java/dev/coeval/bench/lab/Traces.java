package dev.coeval.bench.lab;

import dev.coeval.sync.discipline.Disciplines;
import dev.coeval.sync.estimate.Estimator;
import dev.coeval.sync.filter.DirectionalMinima;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.sim.DelayModel;
import dev.coeval.sync.sim.ExchangeTrace;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.OscillatorModel;
import dev.coeval.time.ClockModel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Estimators on the very same exchanges, without clocks to steer. */
final class Traces {
  static final Duration LEAST = Duration.ofMillis(1);
  static final Duration JITTER = Duration.ofNanos(100_000);
  private static final double FREQUENCY = 50e-6;
  private static final int WINDOW = 64;
  private static final int LOOKS = 4;

  private Traces() {}

  /** What estimators were off, at the end of each trace. */
  record Miss(double offsetNanos, double frequency) {}

  /** Five laws of queueing, of equal mean. */
  static Map<String, DelayModel> delays() {
    Map<String, DelayModel> delays = new LinkedHashMap<>();
    delays.put("exponential", DelayModel.exponential(LEAST, JITTER));
    delays.put("gamma 2", DelayModel.gamma(LEAST, JITTER, 2));
    delays.put("lognormal 1", DelayModel.lognormal(LEAST, JITTER, 1));
    delays.put("weibull 0.6", DelayModel.weibull(LEAST, JITTER, 0.6));
    delays.put("pareto 2.5", DelayModel.pareto(LEAST, JITTER, 2.5));
    return delays;
  }

  /** Whether a name stands for something that estimates by itself, source by source. */
  static boolean isOfSource(String estimator) {
    return Disciplines.named(estimator).filter(d -> d.ofSystem().isEmpty()).isPresent();
  }

  /** After 64 exchanges a second apart, with a clock that is 50 ppm off and keeps to it. */
  static Miss still(String estimator, DelayModel delay, long seed) {
    ExchangeTrace trace =
        new ExchangeTrace(
            seed,
            OscillatorModel.perfect().withFrequency(FREQUENCY),
            ExchangeTrace.Path.symmetric(LinkModel.of(delay)),
            Duration.ofSeconds(1));
    Feed feed = new Feed(estimator);
    for (int i = 0; i < WINDOW; i++) {
      feed.add(trace.next());
    }
    return feed.miss(trace);
  }

  /** The root mean square error in nanoseconds, evenly between exchanges. */
  static double onPaper(String estimator, PaperClock clock, long seed) {
    ExchangeTrace trace =
        new ExchangeTrace(
            seed, clock.oscillator(), ExchangeTrace.Path.symmetric(clock.link()), clock.poll());
    Feed feed = new Feed(estimator);
    double squares = 0;
    int counted = 0;
    for (int i = 0; i < clock.exchanges(); i++) {
      feed.add(trace.next());
      if (i >= clock.exchanges() / 4) {
        long from = trace.elapsedNanos();
        long eighth = (trace.nextRequestNanos() - from) / (2 * LOOKS);
        for (int look = 0; look < LOOKS; look++) {
          trace.tickAt(from + (2 * look + 1) * eighth);
          squares += Math.pow(feed.miss(trace).offsetNanos, 2);
          counted++;
        }
      }
    }
    return Math.sqrt(squares / counted);
  }

  /** An estimator and the certain bounds that it is held within. */
  private static final class Feed {
    private final Estimator estimator;
    private final DirectionalMinima minima =
        new DirectionalMinima(WINDOW, 0, ClockModel.DEFAULT_DRIFT_BOUND_PPB);

    Feed(String name) {
      this.estimator =
          Disciplines.named(name)
              .orElseThrow(() -> new IllegalArgumentException(name))
              .ofSource()
              .get();
    }

    void add(Measurement exchange) {
      minima.add(exchange);
      estimator.add(exchange, minima.boundsAt(exchange.receivedTickNanos()));
    }

    Miss miss(ExchangeTrace trace) {
      if (!estimator.isKnown()) {
        return new Miss(Double.NaN, Double.NaN);
      }
      long tick = trace.tickAt(trace.elapsedNanos());
      return new Miss(
          (double) (estimator.offsetNanosAt(tick) - trace.offsetNanos()),
          estimator.frequency() - trace.frequency());
    }
  }
}
