package dev.coeval.sync.scenario.file;

import dev.coeval.scale.LeapSecond;
import dev.coeval.sync.sim.Trace;
import java.util.List;
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

  /** What it is called. */
  record About(String name, String title, boolean isCore) {}

  /** What there is. */
  record World(
      long startEpochNanos,
      int seconds,
      List<NodeSpec> nodes,
      Network network,
      @Nullable LeapSecond leap) {

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

  ScenarioSpec(About about, World world, Limits limits, Checks checks, List<CountSpec> counts) {
    this.about = about;
    this.world = world;
    this.limits = limits;
    this.checks = checks;
    this.counts = List.copyOf(counts);
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
    return world.seconds;
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
