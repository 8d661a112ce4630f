package dev.coeval.examples.snapshot;

import dev.coeval.examples.terminal.EventLoop;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.order.snapshot.GlobalSnapshot;
import dev.coeval.sync.order.snapshot.SnapshotAborted;
import dev.coeval.sync.order.snapshot.SnapshotId;
import dev.coeval.sync.order.snapshot.SnapshotTaken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What happens to the bank, step by step: transfers all the time, now and then a snapshot, once a
 * branch is killed and restarted; at the end all comes to rest. Called by the loop's thread, but
 * for what it hears of the branches.
 */
final class SnapshotDemo {

  /** Of the time of a run: when the branch is killed, and how long it is down. */
  private static final double KILLED_AT = 0.4;

  private static final double DOWN_FOR = 0.15;
  private static final long MAX_DOWN_NANOS = 3_000_000_000L;

  /** So long what is on its way at the end may take to arrive. */
  private static final long GRACE_NANOS = 15_000_000_000L;

  private final Plan plan;
  private final EventLoop loop;
  private final SnapshotView view;
  private final List<BranchNode> branches;
  private final BranchNode victim;
  private final SplittableRandom random;
  private final List<Round> rounds = new ArrayList<>();

  /** What is known of the branches, for the summary. */
  private final Map<String, Books> last = new HashMap<>();

  private long nextSnapshotNanos;
  private int nextInitiator;
  private boolean wasKilled;
  private boolean isSettling;
  private boolean isAtRest;

  SnapshotDemo(Plan plan, EventLoop loop, SnapshotView view, List<BranchNode> branches) {
    this.plan = plan;
    this.loop = loop;
    this.view = view;
    this.branches = branches;
    this.random = new SplittableRandom(plan.seed);
    this.victim = branches.get(random.nextInt(branches.size()));
    this.nextSnapshotNanos = plan.intervalNanos;
  }

  /**
   * What is to happen.
   *
   * @param durationNanos how long money moves
   * @param intervalNanos from snapshot to snapshot
   * @param seed chooses the transfers, and who is killed
   */
  record Plan(long durationNanos, long intervalNanos, long seed) {

    long killNanos() {
      return (long) (durationNanos * KILLED_AT);
    }

    long restartNanos() {
      return killNanos() + Math.min((long) (durationNanos * DOWN_FOR), MAX_DOWN_NANOS);
    }
  }

  /** Opens the branches. */
  void open() {
    branches.forEach(branch -> branch.start(this::hear));
  }

  /** What a branch publishes, on its thread. */
  private void hear(Report report) {
    if (report instanceof SnapshotTaken taken) {
      loop.post(() -> taken(taken.snapshot()));
    } else if (report instanceof SnapshotAborted aborted) {
      loop.post(() -> aborted(aborted));
    }
  }

  /** Some hundredths of a second have passed. */
  void step() {
    branches.forEach(BranchNode::check);
    long now = loop.elapsedNanos();
    if (now < plan.durationNanos) {
      branches.forEach(this::transfer);
      killAndRestart(now);
      if (now >= nextSnapshotNanos) {
        nextSnapshotNanos += plan.intervalNanos;
        beginSnapshot();
      }
    } else {
      settle(now);
    }
    rounds.forEach(Round::step);
    show();
  }

  /** One of two times, some money leaves a branch. */
  private void transfer(BranchNode from) {
    BranchNode to = branches.get(random.nextInt(branches.size()));
    SplittableRandom choice = random.split();
    if (to == from || random.nextBoolean()) {
      return;
    }
    from.work(
        (node, branch, now) ->
            node.canSend(to.name())
                ? node.send(now, to.name(), branch.withdraw(to.name(), choice).toBytes())
                : List.of());
  }

  private void killAndRestart(long now) {
    if (!wasKilled && now >= plan.killNanos()) {
      wasKilled = true;
      victim.kill();
      view.killed(victim.name(), now);
    } else if (wasKilled && !victim.isUp() && now >= plan.restartNanos()) {
      restart();
    }
  }

  private void restart() {
    victim.restart(this::hear);
    view.restarted(victim.name(), loop.elapsedNanos());
    victim.work(
        (node, branch, now) -> {
          boolean goesOn = node.isTakingSnapshot();
          loop.post(() -> resumed(goesOn));
          return List.of();
        });
  }

  /** A snapshot that the branch was told to begin may not have come to its ears. */
  private void resumed(boolean goesOn) {
    if (!goesOn) {
      rounds.removeIf(round -> round.isOpenAt(victim));
    }
  }

  /** By the next branch in turn that is up and has none going on. */
  private void beginSnapshot() {
    for (int i = 0; i < branches.size(); i++) {
      BranchNode initiator = branches.get(nextInitiator++ % branches.size());
      if (initiator.isUp() && rounds.stream().noneMatch(round -> round.isOpenAt(initiator))) {
        Round round = new Round(initiator, branches, loop);
        rounds.add(round);
        round.begin();
        return;
      }
    }
  }

  private void taken(GlobalSnapshot snapshot) {
    SnapshotId id = snapshot.id();
    for (Round round : rounds) {
      if (round.isOpenAt(id.initiator())) {
        round.taken(snapshot);
      }
    }
    last.putAll(isSettling ? Map.of() : Count.of(snapshot).books());
    remember(id.initiator(), "snapshot " + id + " is complete");
    show();
  }

  private void aborted(SnapshotAborted aborted) {
    rounds.removeIf(round -> round.isOpenAt(aborted.id().initiator()));
    view.aborted(aborted, loop.elapsedNanos());
  }

  private void remember(String name, String text) {
    for (BranchNode each : branches) {
      if (each.name().equals(name)) {
        each.work(
            (node, branch, now) -> {
              branch.note(text);
              return node.save(now);
            });
      }
    }
  }

  private void show() {
    for (Iterator<Round> all = rounds.iterator(); all.hasNext(); ) {
      all.next()
          .outcome()
          .ifPresent(
              outcome -> {
                all.remove();
                view.snapshot(outcome);
              });
    }
  }

  /** Nothing is sent any more: waits until all has arrived. */
  private void settle(long now) {
    if (!isSettling) {
      isSettling = true;
      last.clear();
    }
    if (!victim.isUp()) {
      restart();
    }
    for (BranchNode each : branches) {
      each.work(
          (node, branch, time) -> {
            Books books = branch.books();
            loop.post(() -> last.put(each.name(), books));
            return List.of();
          });
    }
    isAtRest = last.size() == branches.size() && sent() == received();
    if ((isAtRest && rounds.isEmpty()) || now >= plan.durationNanos + GRACE_NANOS) {
      loop.finish();
    }
  }

  private long sent() {
    return last.values().stream().mapToLong(Books::sent).sum();
  }

  private long received() {
    return last.values().stream().mapToLong(Books::received).sum();
  }

  /** How it went; called after the loop. */
  SnapshotView.End end() {
    long lost = branches.stream().mapToLong(BranchNode::lost).sum();
    long arrived = branches.stream().mapToLong(BranchNode::arrived).sum();
    @Nullable Long rest = isAtRest ? Count.of(last).total() : null;
    return new SnapshotView.End(sent(), rest, arrived, lost);
  }
}
