package dev.coeval.sync.scenario.file;

import dev.coeval.sync.scenario.file.PacketMeter.Packet;
import java.util.List;

/**
 * Whether datagrams leave and come at the intervals that polite nodes keep: no node's mean interval
 * is below 0.1 s, a reference sends no more than it gets, a client sends no less than it gets, and
 * never two within 1.8 s to one server, or 0.18 s to several.
 */
final class PollCheck {
  private static final double LEAST_MEAN = 0.1;
  private static final double LEAST_TO_ONE = 1.8;
  private static final double LEAST_TO_SEVERAL = 0.18;
  private static final double TOLERANCE = 1 + 1e-6;
  private static final double NANOS = 1e9;

  private final FileRun run;
  private final double slack;

  PollCheck(ScenarioSpec.World world, FileRun run) {
    this.run = run;
    this.slack = 10 * world.network().usual().delay().meanExcessNanos() / NANOS;
  }

  boolean holds() {
    for (FileRun.Actor actor : run.actors()) {
      if (!holds(actor)) {
        return false;
      }
    }
    return true;
  }

  private boolean holds(FileRun.Actor actor) {
    List<Packet> in = run.packets().receivedBy(actor.spec.id());
    List<Packet> out = run.packets().sentBy(actor.spec.id());
    double meanIn = mean(in);
    double meanOut = mean(out);
    if (Math.min(meanIn, meanOut) * TOLERANCE < LEAST_MEAN) {
      return false;
    }
    if (actor.spec.roles().client() == null) {
      return meanIn <= meanOut * TOLERANCE;
    }
    if (actor.spec.roles().server() != null) {
      return true;
    }
    boolean isOne = out.stream().map(Packet::peer).distinct().count() <= 1;
    double least = isOne ? LEAST_TO_ONE : LEAST_TO_SEVERAL;
    return meanOut <= (meanIn + slack) * TOLERANCE && least(out) * TOLERANCE >= least;
  }

  /** The mean interval; infinite if there is none. */
  static double mean(List<Packet> packets) {
    int last = packets.size() - 1;
    return last < 1
        ? Double.POSITIVE_INFINITY
        : (packets.get(last).seconds() - packets.get(0).seconds()) / last;
  }

  /** The least interval; infinite if there is none. */
  static double least(List<Packet> packets) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 1; i < packets.size(); i++) {
      least = Math.min(least, packets.get(i).seconds() - packets.get(i - 1).seconds());
    }
    return least;
  }
}
