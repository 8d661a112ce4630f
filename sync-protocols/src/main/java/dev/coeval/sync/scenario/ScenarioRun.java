package dev.coeval.sync.scenario;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.sync.sim.Simulation;
import dev.coeval.sync.sim.SkewProbe;
import dev.coeval.sync.sim.SkewRecord;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * A scenario at work: what a test traces, disturbs and stops half way.
 *
 * <p>Not thread-safe, as its simulation.
 */
public final class ScenarioRun {
  private final Scenario scenario;
  private final Cast cast;

  ScenarioRun(Scenario scenario, long seed) {
    this.scenario = scenario;
    Simulation simulation = Simulation.ofSeed(seed);
    boolean isGroup = scenario.protocol() == Protocol.BERKELEY;
    cast =
        new Cast(
            simulation,
            isGroup ? SkewProbe.againstMean(simulation) : SkewProbe.against(simulation));
    Stage stage = new Stage(simulation.seedFor("stage", PeerId.simulated(0)));
    scenario.situation().set(stage);
    if (isGroup) {
      new Group(stage, cast).enter();
    } else {
      new ClientServer(scenario.protocol(), stage, cast).enter();
    }
    stage.schedule(cast);
  }

  /**
   * What it runs in.
   *
   * @return the simulation, at the run's present time
   */
  public Simulation simulation() {
    return cast.simulation;
  }

  /**
   * What watches every clock that synchronizes.
   *
   * @return the probe
   */
  public SkewProbe probe() {
    return cast.probe;
  }

  /**
   * The servers, or the node that is configured to coordinate.
   *
   * @return an unmodifiable view
   */
  public List<SimulatedNode> leaders() {
    return Collections.unmodifiableList(cast.leaders);
  }

  /**
   * The clients, or the members.
   *
   * @return an unmodifiable view
   */
  public List<SimulatedNode> followers() {
    return Collections.unmodifiableList(cast.followers);
  }

  /**
   * Who noticed what so far.
   *
   * @return an unmodifiable view that grows with the run
   */
  public List<Notice> notices() {
    return Collections.unmodifiableList(cast.notices);
  }

  /**
   * Runs what is left of it.
   *
   * @return how it went
   */
  public ScenarioResult toEnd() {
    cast.simulation.runUntil(endNanos());
    return result();
  }

  /**
   * How it went so far.
   *
   * @return the result up to the run's present time
   */
  public ScenarioResult result() {
    List<NodeResult> nodes = cast.probe.records().stream().map(this::resultOf).toList();
    return new ScenarioResult(
        scenario, cast.simulation.seed(), nodes, cast.notices, cast.rejections);
  }

  private long endNanos() {
    Duration left = scenario.situation().duration().minus(cast.simulation.elapsed());
    return cast.simulation.trueNanos() + Math.max(0, left.toNanos());
  }

  private NodeResult resultOf(SkewRecord record) {
    Situation situation = scenario.situation();
    return new NodeResult(
        record.id(),
        record.series().syncSeconds(situation.limits()),
        record.series().after(situation.settleSeconds()),
        new NodeResult.Bound(record.readings(), record.violations(), record.meanWidthNanos()),
        record.series());
  }
}
