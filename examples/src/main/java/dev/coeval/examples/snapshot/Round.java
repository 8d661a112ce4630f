package dev.coeval.examples.snapshot;

import dev.coeval.examples.terminal.EventLoop;
import dev.coeval.sync.order.snapshot.GlobalSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One snapshot, and beside it what somebody gets who just asks one branch after another. Called by
 * the loop's thread.
 */
final class Round {

  /** Who has not answered by then is down. */
  private static final long PATIENCE_NANOS = 1_000_000_000L;

  private final BranchNode initiator;
  private final long beginNanos;
  private final List<BranchNode> branches;
  private final EventLoop loop;
  private final Map<String, Books> answers = new HashMap<>();
  private int asked;
  private long endNanos;
  private @Nullable GlobalSnapshot taken;

  Round(BranchNode initiator, List<BranchNode> branches, EventLoop loop) {
    this.initiator = initiator;
    this.branches = branches;
    this.loop = loop;
    this.beginNanos = loop.elapsedNanos();
  }

  /** Whether it is one of that branch, and goes on. */
  boolean isOpenAt(BranchNode branch) {
    return branch == initiator && taken == null;
  }

  boolean isOpenAt(String name) {
    return initiator.name().equals(name) && taken == null;
  }

  void begin() {
    initiator.work((node, branch, now) -> node.snapshot(now));
  }

  /** Asks the next branch for its books. */
  void step() {
    if (asked < branches.size()) {
      BranchNode next = branches.get(asked++);
      next.work(
          (node, branch, now) -> {
            Books books = branch.books();
            loop.post(() -> answers.put(next.name(), books));
            return List.of();
          });
    }
  }

  void taken(GlobalSnapshot snapshot) {
    taken = snapshot;
    endNanos = loop.elapsedNanos();
  }

  /** What is to be shown, once it is complete. */
  Optional<Outcome> outcome() {
    GlobalSnapshot snapshot = taken;
    boolean all = answers.size() == branches.size();
    if (snapshot == null || !(all || loop.elapsedNanos() - beginNanos >= PATIENCE_NANOS)) {
      return Optional.empty();
    }
    Count asking = all ? Count.of(answers) : null;
    return Optional.of(
        new Outcome(snapshot.id().toString(), beginNanos, endNanos, Count.of(snapshot), asking));
  }

  /**
   * What came out of it.
   *
   * @param id of the snapshot
   * @param beginNanos when it was begun, since the loop began
   * @param endNanos when it was complete
   * @param count what the snapshot says
   * @param asked what the branches said; null if one did not answer
   */
  record Outcome(String id, long beginNanos, long endNanos, Count count, @Nullable Count asked) {}
}
