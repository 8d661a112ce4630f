package dev.coeval.sync.scenario;

import dev.coeval.sync.discipline.Disciplines;
import dev.coeval.sync.ntp.NtpPolling;
import dev.coeval.sync.sim.DelayModel;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.OscillatorModel;
import dev.coeval.time.ClockModel;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What a {@link Situation} sets: the network, the clocks, how often is asked, and what happens. */
final class Stage {
  static final long DRIFT_BOUND_PPB = ClockModel.DEFAULT_DRIFT_BOUND_PPB;

  /** A local network: 50 us at least, 20 us more on the average. */
  static final LinkModel LAN =
      LinkModel.exponential(Duration.ofNanos(50_000), Duration.ofNanos(20_000));

  /** A path of a few hops: 20 ms at least, 4 ms more on the average. */
  static final LinkModel WAN =
      LinkModel.of(DelayModel.gamma(Duration.ofMillis(20), Duration.ofMillis(4), 2));

  /**
   * Never a step, and corrections spread over 8 s: polls are a minute apart or more. Gentler than
   * {@link SteeringPolicy#with}, whose half second turns a correction of 250 µs into a rate of 500
   * ppm, which is chrony's limit; with it some seeds of the standard scenario go over that limit.
   */
  static final SteeringPolicy GENTLE =
      new SteeringPolicy(
          SteeringPolicy.DEFAULT_MAX_SLEW_PPB, Duration.ofSeconds(8).toNanos(), StepPolicy.never());

  private static final double PPM = 1e-6;

  final SplittableRandom random;
  LinkModel towards = LAN;
  LinkModel from = LAN;

  /** How long a server works on a request. */
  Duration service = Duration.ofNanos(30_000);

  int leaders = 1;
  int liars;
  long lieNanos;
  int followers = 3;

  /** By how much each server is off at most, and how much of that it admits. */
  long serverErrorNanos;

  long claimedErrorNanos;

  /** By how much the least time of a datagram is overstated: an assumption that does not hold. */
  long falseLeastNanos;

  /** What clients make of their exchanges. */
  Disciplines disciplines = Disciplines.REGRESSION;

  double maxOffsetSeconds = 0.5;
  double maxPpm = 100;
  Duration interval = Duration.ofSeconds(1);
  NtpPolling polling = NtpPolling.every(Duration.ofSeconds(1)).withBurst(8, Duration.ofMillis(250));
  SteeringPolicy steering = SteeringPolicy.with(StepPolicy.atStart(Duration.ofMillis(1)));

  /** What every oscillator has on top of its offset and frequency, the exact servers' excepted. */
  UnaryOperator<OscillatorModel> trouble = model -> model.withWander(1e-9);

  /** The last follower's clock, if it is another. */
  UnaryOperator<OscillatorModel> outlier = model -> model;

  private final List<Consumer<Cast>> acts = new ArrayList<>();

  Stage(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Both directions alike. */
  void link(LinkModel model) {
    towards = model;
    from = model;
  }

  /** Changes both directions. */
  void links(UnaryOperator<LinkModel> change) {
    towards = change.apply(towards);
    from = change.apply(from);
  }

  void act(Consumer<Cast> act) {
    acts.add(act);
  }

  void schedule(Cast cast) {
    acts.forEach(act -> act.accept(cast));
  }

  long minOneWayNanos() {
    return Math.min(towards.minNanos(), from.minNanos()) + falseLeastNanos;
  }

  /** A drifting clock, as bad as the stage allows. */
  OscillatorModel oscillator(boolean isLast) {
    long offset = (long) (uniform(maxOffsetSeconds) * 1e9);
    OscillatorModel model =
        OscillatorModel.perfect()
            .withOffset(Duration.ofNanos(offset))
            .withFrequency(uniform(maxPpm) * PPM);
    OscillatorModel troubled = trouble.apply(model);
    return isLast ? outlier.apply(troubled) : troubled;
  }

  double uniform(double limit) {
    return (random.nextDouble() * 2 - 1) * limit;
  }
}
