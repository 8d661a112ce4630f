package dev.coeval.sync;

import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.machine.Report;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockModel;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Holds what a client of servers claims against the truth: at each of its reports, and whenever the
 * test waits. Only while more of its servers lie than it tolerates, nothing is held against it:
 * from the moment at which it gave up what it knew until it does so again.
 */
final class Follower {
  private final LoopbackLab lab;
  private final LoopbackNode node;
  private final BooleanSupplier honest;
  private final AtomicLong held = new AtomicLong();
  private volatile boolean trusted = true;

  /** Of a node that is not open yet; {@code honest} tells whether its servers are. */
  Follower(LoopbackLab lab, LoopbackNode node, BooleanSupplier honest) {
    this.lab = lab;
    this.node = node;
    this.honest = honest;
    node.listen(this::hear);
    lab.always(this::check);
  }

  /** How often the truth was held against a claim. */
  long held() {
    return held.get();
  }

  private void hear(Report report) {
    if (report instanceof SyncStatus status && status.state() == SyncStatus.State.DISRUPTED) {
      trusted = honest.getAsBoolean();
    }
    check();
  }

  /** The model is read between two looks at {@code trusted}: a false one is never blamed. */
  private void check() {
    boolean before = trusted;
    ClockModel model = node.clock().get();
    boolean after = trusted;
    if (!before || !after || !model.isSynchronized()) {
      return;
    }
    long tick = lab.baseTickNanos();
    long truth = LoopbackLab.trueEpochNanosAt(tick);
    BoundedInstant claimed = model.boundsAt(node.host().tickNanosAt(tick));
    held.incrementAndGet();
    if (!claimed.contains(truth)) {
      lab.violated(claimed + " does not hold " + truth + ", " + node);
    }
  }
}
