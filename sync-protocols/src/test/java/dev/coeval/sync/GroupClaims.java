package dev.coeval.sync;

import dev.coeval.sync.berkeley.Corrected;
import dev.coeval.sync.berkeley.RoundCompleted;
import dev.coeval.sync.berkeley.Term;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds what the nodes of a Berkeley group claim against the mean of the clocks that took part in
 * the round of the claim, as these go on, dead or cut off as they may be.
 *
 * <p>A claim counts from the coordinator's word of who took part. All clocks are read at one tick
 * of this host; if one was steered meanwhile, they are read again.
 */
final class GroupClaims {
  private static final int LOOKS = 5;

  private final LoopbackLab lab;
  private final Map<PeerId, LoopbackNode> processes = new ConcurrentHashMap<>();
  private final Map<Round, List<LoopbackNode>> makers = new ConcurrentHashMap<>();
  private final Map<LoopbackNode, Claim> claims = new ConcurrentHashMap<>();
  private final Set<LoopbackNode> held = new HashSet<>();

  private record Round(Term term, long number) {}

  /** What a node believes since the correction of a round. */
  private record Claim(Round round, ClockModel model) {}

  GroupClaims(LoopbackLab lab) {
    this.lab = lab;
    lab.always(() -> claims.forEach(this::check));
  }

  /** Listens to a process that is not open yet. */
  void watch(LoopbackNode node) {
    node.listen(report -> hear(node, report));
  }

  /** From now on this process is the one at an address. */
  void stand(PeerId address, LoopbackNode node) {
    processes.put(address, node);
  }

  /** Whether a claim of this process was ever held against the mean. */
  boolean isHeld(LoopbackNode node) {
    return held.contains(node);
  }

  /** Comes after the clock was steered, on the thread that steers it. */
  private void hear(LoopbackNode node, Report report) {
    if (report instanceof Corrected corrected) {
      if (corrected.bounded()) {
        Round round = new Round(corrected.term(), corrected.round());
        claims.put(node, new Claim(round, node.clock().get()));
      } else {
        claims.remove(node);
      }
    } else if (report instanceof RoundCompleted completed && completed.bounded()) {
      makers.put(new Round(completed.term(), completed.round()), makersOf(node, completed));
    } else if (report instanceof SyncStatus status
        && status.state() == SyncStatus.State.DISRUPTED) {
      lab.violated("all oscillators keep their bounds, yet " + status + " was said by " + node);
    }
  }

  private List<LoopbackNode> makersOf(LoopbackNode coordinator, RoundCompleted completed) {
    List<LoopbackNode> nodes = new ArrayList<>();
    completed.participants().forEach(peer -> nodes.add(processes.get(peer)));
    if (completed.coordinatorTakesPart()) {
      nodes.add(coordinator);
    }
    return List.copyOf(nodes);
  }

  private void check(LoopbackNode node, Claim claim) {
    List<LoopbackNode> group = makers.get(claim.round);
    if (group == null || !claim.model.isSynchronized()) {
      return;
    }
    Optional<Look> looked = look(group);
    if (looked.isPresent()) {
      held.add(node);
      Look look = looked.get();
      BoundedInstant claimed = claim.model.boundsAt(node.host().tickNanosAt(look.baseTick));
      if (!claimed.contains(look.mean)) {
        lab.violated(claimed + " does not hold " + look.mean + " of " + group + ", " + node);
      }
    }
  }

  private record Look(long baseTick, long mean) {}

  /** The mean of the clocks at one tick; empty if they were steered at every attempt. */
  private Optional<Look> look(List<LoopbackNode> group) {
    for (int i = 0; i < LOOKS; i++) {
      List<ClockModel> models = models(group);
      long tick = lab.baseTickNanos();
      if (models.equals(models(group))) {
        return Optional.of(new Look(tick, mean(group, models, tick)));
      }
    }
    return Optional.empty();
  }

  private static List<ClockModel> models(List<LoopbackNode> group) {
    return group.stream().map(node -> node.clock().get()).toList();
  }

  /** Of differences from the truth: sums of epoch nanoseconds would overflow. */
  private static long mean(List<LoopbackNode> group, List<ClockModel> models, long tick) {
    long truth = LoopbackLab.trueEpochNanosAt(tick);
    long sum = 0;
    for (int i = 0; i < models.size(); i++) {
      sum += models.get(i).epochNanosAt(group.get(i).host().tickNanosAt(tick)) - truth;
    }
    return truth + sum / models.size();
  }
}
