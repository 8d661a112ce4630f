package dev.coeval.sync.scenario;

import dev.coeval.sync.berkeley.Corrected;
import dev.coeval.sync.berkeley.RoundCompleted;
import dev.coeval.sync.discipline.ClockFollower;
import dev.coeval.sync.discipline.Disciplined;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejected;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.sync.sim.Simulation;
import dev.coeval.sync.sim.SkewProbe;
import dev.coeval.time.DisciplinedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The nodes of a run, and what they say. */
final class Cast {
  final Simulation simulation;
  final SkewProbe probe;
  final List<SimulatedNode> leaders = new ArrayList<>();
  final List<SimulatedNode> followers = new ArrayList<>();
  final List<Notice> notices = new ArrayList<>();
  final Map<Rejection, Long> rejections = new EnumMap<>(Rejection.class);

  Cast(Simulation simulation, SkewProbe probe) {
    this.simulation = simulation;
    this.probe = probe;
  }

  SimulatedNode leader() {
    return leaders.get(0);
  }

  SimulatedNode lastFollower() {
    return followers.get(followers.size() - 1);
  }

  List<SimulatedNode> all() {
    List<SimulatedNode> all = new ArrayList<>(leaders);
    all.addAll(followers);
    return all;
  }

  void at(double second, Runnable act) {
    simulation.at(Duration.ofNanos((long) (second * 1e9)), act);
  }

  /** Lets a clock follow its node's reports, which are noted, and then heard by somebody else. */
  void follow(SimulatedNode node, DisciplinedClock clock, Consumer<Report> then) {
    ClockFollower follower = new ClockFollower(clock);
    node.onReport(
        (reading, report) -> {
          follower.accept(report);
          note(node, report);
          then.accept(report);
        });
  }

  private void note(SimulatedNode node, Report report) {
    if (report instanceof Rejected rejected) {
      rejections.merge(rejected.reason(), 1L, Long::sum);
    } else if (!isRoutine(report)) {
      notices.add(new Notice(simulation.elapsed(), node.id(), report));
    }
  }

  private static boolean isRoutine(Report report) {
    return report instanceof Measurement
        || report instanceof Disciplined
        || report instanceof Corrected
        || report instanceof RoundCompleted;
  }
}
