package dev.coeval.sync.sim;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One direction between two nodes, at work.
 *
 * <p>Every random decision is drawn from a stream of its own purpose and is drawn for each
 * datagram, whatever the others decide; so a scenario with losses delays the rest exactly as the
 * same scenario without.
 */
final class Link {

  /** How many past datagrams are kept for a replay on demand. */
  private static final int HISTORY = 16;

  private final Simulation simulation;
  private final SimulatedNode from;
  private final SimulatedNode to;
  private final @Nullable ByteBuffer[] history = new ByteBuffer[HISTORY];
  private final SeededStream delayStream;
  private final SeededStream lossStream;
  private @Nullable SeededStream ruleStream; // most links have neither rule nor copies
  private @Nullable SeededStream copiesStream;
  private LinkModel.Rule rule = LinkModel.Rule.NONE;
  private int maxCopies = 1;
  private LossModel loss = LossModel.NONE;
  private DelayModel.Sampler delay = () -> 0;
  private List<Mischief> mischiefs = List.of();
  private boolean bad;
  private boolean cut;
  private long cloggedUntil = Long.MIN_VALUE;
  private int sent;

  Link(Simulation simulation, SimulatedNode from, SimulatedNode to) {
    this.simulation = simulation;
    this.from = from;
    this.to = to;
    delayStream = stream("delay");
    lossStream = stream("loss");
  }

  void become(LinkModel model) {
    loss = model.loss();
    rule = model.rule();
    maxCopies = model.maxCopies();
    delay = model.delay().sampler(delayStream);
    if (ruleStream == null && rule != LinkModel.Rule.NONE) {
      ruleStream = stream("rule");
    }
    if (copiesStream == null && maxCopies > 1) {
      copiesStream = stream("copies");
    }
    List<Mischief> made = new ArrayList<>();
    for (LinkModel.Disturbance disturbance : model.disturbances()) {
      made.add(new Mischief(disturbance, stream("mishap " + disturbance.mishap() + made.size())));
    }
    mischiefs = made;
  }

  void cut(boolean isCut) {
    cut = isCut;
  }

  /** Holds everything sent until a time, and then delivers it at once. */
  void clogUntil(long trueNanos) {
    cloggedUntil = trueNanos;
  }

  void send(ByteBuffer payload) {
    long now = simulation.trueNanos();
    history[sent++ & (HISTORY - 1)] = payload;
    long delayNanos = delay.nextNanos();
    boolean passes = true;
    if (ruleStream != null && rule != LinkModel.Rule.NONE) {
      long sinceStart = now - simulation.startNanos();
      delayNanos =
          rule.delayNanos(new LinkModel.Passage(sent, sinceStart, delayNanos, ruleStream.source()));
      passes = delayNanos > 0;
    }
    boolean isLost = isLost() || !passes;
    long arrival = now + delayNanos;
    for (int i = 0; i < mischiefs.size(); i++) {
      arrival = mischiefs.get(i).befall(arrival, payload, isLost);
    }
    if (isLost) {
      simulation.journal().drop(from.id(), to.id(), lossReason(passes));
    } else {
      int copies = copiesStream == null || maxCopies == 1 ? 1 : 1 + copiesStream.nextInt(maxCopies);
      for (int i = 0; i < copies; i++) {
        deliver(arrival, payload);
      }
    }
  }

  private String lossReason(boolean passes) {
    if (!isPassable()) {
      return "partition";
    }
    return passes ? "loss" : "rule";
  }

  /** Delivers the latest datagrams once more, the oldest of them first. */
  void replay(int count) {
    int known = Math.min(Math.min(count, HISTORY), sent);
    for (int i = sent - known; i < sent; i++) {
      ByteBuffer payload = history[i & (HISTORY - 1)];
      if (payload != null) {
        deliver(simulation.trueNanos() + delay.nextNanos(), payload);
      }
    }
  }

  /** The time of one more way, for the notice that a port is closed. */
  long nextDelayNanos() {
    return delay.nextNanos();
  }

  boolean isPassable() {
    return !cut && from.group() == to.group();
  }

  private boolean isLost() {
    bad = bad ? !lossStream.chance(loss.toGood()) : lossStream.chance(loss.toBad());
    boolean isLost = lossStream.chance(bad ? loss.lossWhenBad() : loss.lossWhenGood());
    return isLost || !isPassable();
  }

  private void deliver(long arrival, ByteBuffer payload) {
    simulation.deliver(Math.max(arrival, cloggedUntil), from, to, payload);
  }

  private SeededStream stream(String purpose) {
    return SeededStream.of(simulation.seed(), purpose, from.id(), to.id());
  }

  private final class Mischief {
    private final LinkModel.Disturbance disturbance;
    private final SeededStream stream;

    Mischief(LinkModel.Disturbance disturbance, SeededStream stream) {
      this.disturbance = disturbance;
      this.stream = stream;
    }

    /** What becomes of the arrival; copies are sent on their way here. */
    long befall(long arrival, ByteBuffer payload, boolean isLost) {
      boolean happens = stream.chance(disturbance.probability());
      long extra = (long) (disturbance.meanExtraNanos() * stream.nextExponential());
      if (!happens || isLost) {
        return arrival;
      }
      switch (disturbance.mishap()) {
        case DUPLICATE -> deliver(arrival + extra, payload);
        case REPLAY -> deliver(arrival + disturbance.meanExtraNanos() + extra, payload);
        case REORDER -> {
          return arrival + extra;
        }
        case LATE -> {
          return arrival + disturbance.meanExtraNanos() + extra;
        }
      }
      return arrival;
    }
  }
}
