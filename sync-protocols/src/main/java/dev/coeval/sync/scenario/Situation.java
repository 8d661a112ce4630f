package dev.coeval.sync.scenario;

import dev.coeval.sync.ntp.NtpPolling;
import dev.coeval.sync.sim.DelayModel;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.LossModel;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.sync.sim.SkewSeries;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What happens to a protocol. Unless it says otherwise: one server and three clients, or a group of
 * four, on a local network, their clocks up to half a second and 100 ppm off, asked once a second.
 */
public enum Situation {
  /** The default of chrony's simulation tests: 100 us and as much jitter, slews only, 10,000 s. */
  STANDARD(
      "one server, one client, 0.1 s and 100 ppm off, polls of 64 s",
      Span.STANDARD,
      stage -> {
        stage.link(LinkModel.exponential(micros(100), micros(100)));
        stage.followers = 1;
        stage.service = Duration.ZERO;
        stage.interval = Duration.ofSeconds(64);
        stage.polling = NtpPolling.defaults();
        stage.steering = Stage.GENTLE;
        stage.trouble =
            model -> model.withOffset(micros(100_000)).withFrequency(1e-4).withWander(1e-9);
      }),
  /** Nothing happens. */
  LAN("a quiet local network", Span.USUAL, stage -> {}),
  /** Longer and noisier ways. */
  WAN("20 ms one way, and 4 ms of gamma jitter", Span.FAR, stage -> stage.link(Stage.WAN)),
  /** The error that nobody can see from inside, half the difference of the two ways. */
  ASYMMETRIC(
      "30 ms to the server, 10 ms back",
      Span.FAR,
      stage -> {
        stage.towards = LinkModel.exponential(micros(30_000), micros(500));
        stage.from = LinkModel.exponential(micros(10_000), micros(100));
      }),
  /** Delays whose variance is infinite, or close to it. */
  HEAVY_TAILS(
      "Pareto delays one way, Weibull delays the other",
      Span.FAR,
      stage -> {
        stage.towards = LinkModel.of(DelayModel.pareto(micros(500), micros(1_000), 1.5));
        stage.from = LinkModel.of(DelayModel.weibull(micros(500), micros(1_000), 0.5));
      }),
  /** Every third datagram is lost. */
  LOSSY(
      "a third of all datagrams lost",
      Span.USUAL,
      stage -> {
        stage.links(link -> link.withLoss(0.33));
      }),
  /** Losses in a row. */
  BURSTY_LOSS(
      "a third of all datagrams lost, ten in a row",
      Span.USUAL,
      stage -> {
        stage.links(link -> link.withLoss(LossModel.bursty(0.33, 10)));
      }),
  /** What a network may do to datagrams besides losing them. */
  MISCHIEF(
      "datagrams doubled, overtaken, replayed, and later than the poll",
      Span.USUAL,
      stage -> {
        stage.links(
            link ->
                link.withDuplicates(0.1, micros(100))
                    .withReordering(0.1, micros(5_000))
                    .withReplays(0.1, Duration.ofSeconds(3))
                    .withLate(0.1, Duration.ofSeconds(2)));
      }),
  /** One way is stopped up for seconds, and then gives all at once. */
  CLOGGED(
      "the way back is clogged for 5 s in every 20",
      Span.USUAL,
      stage -> {
        stage.act(
            cast -> {
              for (int second = 10; second < 120; second += 20) {
                cast.at(second, () -> clogAll(cast));
              }
            });
      }),
  /** An unsteady oscillator. */
  WANDER(
      "a random walk of 100 ppb a second",
      Span.USUAL,
      stage -> {
        stage.trouble = model -> model.withWander(1e-7);
      }),
  /** A room that is warmed and cooled. */
  TEMPERATURE(
      "a sine of 10 ppm in ten minutes",
      Span.LONG,
      stage -> {
        stage.trouble = model -> model.withTemperature(1e-5, Duration.ofMinutes(10));
      }),
  /** An oscillator that jumps. */
  FREQUENCY_STEP(
      "50 ppm more at 60 s",
      Span.USUAL,
      stage -> {
        stage.act(cast -> cast.at(60, () -> cast.lastFollower().stepFrequency(50e-6)));
      }),
  /** Somebody sets the wall clock. */
  WALL_STEP(
      "a wall clock is set an hour ahead at 60 s, and back at 80 s",
      Span.USUAL,
      stage -> {
        stage.act(
            cast -> {
              cast.at(60, () -> cast.lastFollower().stepWall(Duration.ofHours(1)));
              cast.at(80, () -> cast.lastFollower().stepWall(Duration.ofHours(-1)));
            });
      }),
  /** One who is wrong, and says that he is right. */
  LIAR(
      "one of four servers is wrong by 50 ms, or one member by 10 s",
      Span.USUAL,
      stage -> {
        stage.leaders = 4;
        stage.liars = 1;
        stage.lieNanos = 50_000_000L;
        stage.outlier = model -> model.withOffset(Duration.ofSeconds(10));
      }),
  /** The leader dies, and comes back. */
  SERVER_RESTART(
      "the server or coordinator is killed at 60 s, restarted at 90 s",
      Span.USUAL,
      stage -> {
        stage.act(
            cast -> {
              cast.at(60, cast.leader()::kill);
              cast.at(90, cast.leader()::restart);
            });
      }),
  /** The leader's process dies, and its host says so. */
  SERVER_CLOSED(
      "the server's or coordinator's port is closed at 60 s",
      Span.USUAL,
      stage -> {
        stage.act(cast -> cast.at(60, cast.leader()::closePort));
      }),
  /** The network is divided, and whole again. */
  PARTITION(
      "two clients, or half of the group, are cut off from 60 s to 90 s",
      Span.USUAL,
      stage -> {
        stage.act(
            cast -> {
              List<SimulatedNode> part = List.of(cast.followers.get(1), cast.lastFollower());
              cast.at(60, () -> cast.simulation.partition(part));
              cast.at(90, cast.simulation::heal);
            });
      }),
  /** A process stands still, its clocks do not. */
  FROZEN(
      "a client or member stands still from 60 s to 80 s",
      Span.USUAL,
      stage -> {
        stage.act(
            cast -> cast.at(60, () -> cast.lastFollower().freezeFor(Duration.ofSeconds(20), true)));
      }),
  /**
   * A host sleeps, and its ticks with it. Nothing runs between its waking and its next event, so
   * its clock is wrong until then, and nobody could know.
   */
  SUSPEND(
      "a client or member sleeps from 60 s to 90 s",
      Span.DOUBTFUL,
      stage -> {
        stage.act(
            cast -> cast.at(60, () -> cast.lastFollower().suspendFor(Duration.ofSeconds(30))));
      }),
  /** Everything at once, drawn from the seed; the assumptions still hold. */
  CHAOS("networks, clocks and faults at random", Span.CHAOS, Chaos::set),
  /** An oscillator that breaks its drift bound: the bound must be seen to fail. */
  BROKEN_DRIFT(
      "one oscillator is 5,000 ppm fast, its bound being 200 ppm",
      Span.DOUBTFUL,
      stage -> {
        stage.outlier = model -> model.withFrequency(5e-3);
        stage.act(cast -> cast.at(60, () -> cutOff(cast)));
      }),
  /** More liars than are tolerated: the bound must be seen to fail. */
  TOO_MANY_LIARS(
      "three of four servers are wrong by 50 ms",
      Span.DOUBTFUL,
      stage -> {
        stage.leaders = 4;
        stage.liars = 3;
        stage.lieNanos = 50_000_000L;
      }),
  /** A path that is quicker than its owner says: the bound must be seen to fail. */
  FALSE_LEAST_DELAY(
      "5 ms to the server, 50 us back, and 1 ms more said to be the least",
      Span.DOUBTFUL,
      stage -> {
        stage.towards = LinkModel.exponential(micros(5_000), micros(20));
        stage.falseLeastNanos = 1_000_000L;
      }),
  /** A server that is further off than it admits: the bound must be seen to fail. */
  BEYOND_CLAIM(
      "the only server is off by 5 ms, and claims to be exact",
      Span.DOUBTFUL,
      stage -> {
        stage.liars = 1;
        stage.lieNanos = 5_000_000L;
      });

  private final String description;

  @SuppressWarnings("ImmutableEnumChecker") // a record of primitives
  private final Span span;

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final Consumer<Stage> setting;

  Situation(String description, Span span, Consumer<Stage> setting) {
    this.description = description;
    this.span = span;
    this.setting = setting;
  }

  /** How long it lasts, how soon clocks should have settled, and how well. */
  private record Span(
      long seconds, long settleSeconds, double errorNanos, double rateError, boolean isSound) {
    static final Span STANDARD = new Span(10_000, 210, 1e6, 5e-4, true);
    static final Span USUAL = new Span(120, 30, 1e6, 5e-4, true);
    static final Span LONG = new Span(1_200, 30, 1e6, 5e-4, true);
    static final Span FAR = new Span(120, 30, 25e6, 1e-2, true);
    static final Span CHAOS = new Span(30, 15, 100e6, 1e-1, true);
    static final Span DOUBTFUL = new Span(120, 30, 1e6, 5e-4, false);
  }

  /**
   * Its part in the names of scenarios.
   *
   * @return lower case, words joined by hyphens
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * What happens.
   *
   * @return a text for people
   */
  public String description() {
    return description;
  }

  /**
   * How long a run takes.
   *
   * @return true time
   */
  public Duration duration() {
    return Duration.ofSeconds(span.seconds);
  }

  /**
   * The time that clocks are given to settle; statistics are of the seconds after it.
   *
   * @return whole seconds since the start
   */
  public long settleSeconds() {
    return span.settleSeconds;
  }

  /**
   * Within what a clock counts as synchronized.
   *
   * @return the limits of time and rate: those of chrony's tests on a near network, 1 ms and 500
   *     ppm, and wider ones elsewhere
   */
  public SkewSeries.Limits limits() {
    return new SkewSeries.Limits(span.errorNanos, span.rateError);
  }

  /**
   * Whether all that the bound stands on holds: drift bounds are kept, no more liars than
   * tolerated, no ticks that stand still. Only then has every claim to be true.
   *
   * @return false for the situations that break an assumption on purpose
   */
  public boolean isSound() {
    return span.isSound;
  }

  /**
   * Whether it can happen to a protocol.
   *
   * @param protocol the protocol
   * @return false for servers' troubles where there are no servers
   */
  public boolean suits(Protocol protocol) {
    Set<Situation> ofServers =
        EnumSet.of(STANDARD, TOO_MANY_LIARS, FALSE_LEAST_DELAY, BEYOND_CLAIM);
    return protocol != Protocol.BERKELEY || !ofServers.contains(this);
  }

  void set(Stage stage) {
    setting.accept(stage);
  }

  private static Duration micros(long micros) {
    return Duration.ofNanos(micros * 1_000);
  }

  private static void clogAll(Cast cast) {
    for (SimulatedNode follower : cast.followers) {
      cast.simulation.clog(cast.leader(), follower, Duration.ofSeconds(5));
    }
  }

  private static void cutOff(Cast cast) {
    cast.simulation.partition(List.of(cast.lastFollower()));
  }
}
