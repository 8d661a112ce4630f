package dev.coeval.sync.scenario.file;

import dev.coeval.scale.LeapSecond;
import dev.coeval.sync.discipline.Disciplines;
import dev.coeval.sync.sim.Trace;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One variant of a scenario file: a network, what runs in it, and what must come of it. Immutable;
 * thread-safe.
 */
public final class ScenarioSpec {
  private final About about;
  private final World world;
  private final Limits limits;
  private final Checks checks;
  private final List<CountSpec> counts;
  private final Source source;

  /**
   * What it is called, and what others made of it.
   *
   * @param yardsticks what is known of the RMS error of others in it, or of the least there can be
   */
  record About(
      String name, String title, String note, boolean isCore, Map<String, Double> yardsticks) {}

  /** What it was read from, and the estimator that every client has all the same, if there is. */
  record Source(Section section, @Nullable String estimator) {

    ScenarioSpec read(String name) {
      return new ScenarioReader(name, this).read();
    }
  }

  /** What is asked of it. */
  record Asked(Limits limits, Checks checks, List<CountSpec> counts) {}

  /** What there is. */
  record World(
      long startEpochNanos, Span span, List<NodeSpec> nodes, Network network, Truth truth) {

    int seconds() {
      return span.seconds;
    }

    /** The leap second, if there is one. */
    @Nullable LeapSecond leap() {
      return truth.leap;
    }

    /**
     * What a clock should show.
     *
     * @param leap when UTC has a leap second; null if it has none
     * @param node the node whose clock is right by definition; null for true time
     */
    record Truth(@Nullable LeapSecond leap, @Nullable String node) {}

    /**
     * How long it goes on.
     *
     * @param seconds true seconds
     * @param warmUp how many of them count for the sync time alone
     */
    record Span(int seconds, int warmUp) {}

    /** The usual link, and those that differ. */
    record Network(LinkSpec usual, List<LinkRule> rules) {}

    /** The link of one direction: the last rule that covers it, or the usual one. */
    LinkSpec link(String from, String to) {
      LinkSpec found = network.usual;
      for (LinkRule rule : network.rules) {
        found = rule.covers(from, to) ? rule.link() : found;
      }
      return found;
    }
  }

  /**
   * As it was read.
   *
   * @param asked what is asked of it
   * @param source what it was read from
   */
  ScenarioSpec(About about, World world, Asked asked, Source source) {
    this.about = about;
    this.world = world;
    this.limits = asked.limits;
    this.checks = asked.checks;
    this.counts = List.copyOf(asked.counts);
    this.source = source;
  }

  /**
   * The name of the file without its ending; for one of several variants a slash and the variant's
   * name follow.
   *
   * @return as in {@code s05-outside-steps/a}
   */
  public String name() {
    return about.name;
  }

  /**
   * What it is about.
   *
   * @return one line
   */
  public String title() {
    return about.title;
  }

  /**
   * Whether it is one that must be kept.
   *
   * @return what the file says
   */
  public boolean isCore() {
    return about.isCore;
  }

  /**
   * How long it goes on.
   *
   * @return true seconds
   */
  public int seconds() {
    return world.seconds();
  }

  /**
   * How many seconds at the start count for the sync time alone.
   *
   * @return true seconds; 0 if all count for all
   */
  public int warmUpSeconds() {
    return world.span.warmUp;
  }

  /**
   * More about it: what is special, where its numbers are from.
   *
   * @return as the file says; empty if it says nothing
   */
  public String note() {
    return about.note;
  }

  /**
   * What is known of the RMS error of others under the same conditions, or of the least there can
   * be.
   *
   * @return names and seconds, in the order of the file
   */
  public Map<String, Double> yardsticks() {
    return about.yardsticks;
  }

  /**
   * The same with another estimator at every client, whatever the file says.
   *
   * @param estimator one of {@link Disciplines#names()}
   * @return a copy
   * @throws ScenarioFormatException if there is no such estimator, or if it does not go with what
   *     the file says of its clients
   */
  public ScenarioSpec withEstimator(String estimator) {
    return new Source(source.section, estimator).read(about.name);
  }

  /**
   * The same, cut short: a warm-up that does not end before it is left out.
   *
   * @param seconds how long it goes on, in true time
   * @return a copy
   * @throws ScenarioFormatException if it is not positive
   */
  public ScenarioSpec withSeconds(int seconds) {
    return new Source(source.section.with("duration", "" + seconds), source.estimator)
        .read(about.name);
  }

  /**
   * Runs it.
   *
   * @param seed what everything random in it follows from
   * @return what came of it
   */
  public SeedResult run(long seed) {
    return run(seed, null);
  }

  /**
   * Runs it and writes down everything that happens.
   *
   * @param seed what everything random in it follows from
   * @param trace where to; null for nowhere
   * @return what came of it
   */
  public SeedResult run(long seed, @Nullable Trace trace) {
    FileRun run = new FileRun(world, limits, seed);
    if (trace != null) {
      run.simulation().traceTo(trace);
    }
    run.toEnd();
    return new Judge(this, run).judge(seed);
  }

  World world() {
    return world;
  }

  Limits limits() {
    return limits;
  }

  Checks checks() {
    return checks;
  }

  List<CountSpec> counts() {
    return counts;
  }

  /**
   * As its name.
   *
   * @return the name
   */
  @Override
  public String toString() {
    return about.name;
  }
}
