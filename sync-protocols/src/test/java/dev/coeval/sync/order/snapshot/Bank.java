package dev.coeval.sync.order.snapshot;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.sim.OscillatorModel;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.sync.sim.Simulation;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.time.ClockReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Branches in a simulation that send each other money, photograph the bank now and then, are killed
 * and go on from what they saved. Every snapshot is measured when it is taken.
 */
final class Bank {
  static final long BALANCE = 1_000;

  final Simulation simulation;
  final List<Branch> branches = new ArrayList<>();
  final List<SnapshotAborted> aborted = new ArrayList<>();
  final Histories histories = new Histories();
  private final SnapshotAlgorithm algorithm;
  private final SplittableRandom random;
  private final Duration timeout;
  private int transfers;
  int taken;
  int transfersInChannels;
  private int lives;

  /** A host, its disk, and the process that runs there. */
  final class Branch {
    final String name;
    final SimulatedNode node;
    byte[] disk;
    BankAccount account;
    SnapshotNode machine;

    /** The process dies at its next save: before it, after it, or not. */
    int diesAtSave;

    Branch(String name, SimulatedNode node) {
      this.name = name;
      this.node = node;
      node.onReport((reading, report) -> hear(this, report));
    }

    private Switchboard board() {
      Map<String, PeerId> others = new TreeMap<>();
      branches.stream()
          .filter(other -> other != this)
          .forEach(o -> others.put(o.name, o.node.id()));
      SnapshotConfig config = SnapshotConfig.of(name, others, algorithm).withTimeout(timeout);
      account = new BankAccount(name, BALANCE, histories);
      long seed = simulation.seedFor("bank " + ++lives, node.id());
      machine = new SnapshotNode("bank", config, account, Keyring.empty(), seed);
      if (disk != null) {
        machine.resume(disk);
      }
      return new Switchboard().add("bank", first -> first == SnapshotNode.FIRST_BYTE, machine);
    }
  }

  Bank(long seed, int size, SnapshotAlgorithm algorithm, Duration timeout) {
    this.algorithm = algorithm;
    this.timeout = timeout;
    simulation = Simulation.ofSeed(seed);
    random = new SplittableRandom(seed);
    for (int i = 0; i < size; i++) {
      OscillatorModel model = OscillatorModel.offBy(Duration.ofMillis(i), 40 - 20 * i);
      SimulatedNode node = simulation.addNode(PeerId.simulated(i + 1), model);
      branches.add(new Branch(String.valueOf((char) ('a' + i)), node));
    }
  }

  Bank start() {
    branches.forEach(branch -> branch.node.run(branch::board));
    return this;
  }

  /** Transfers of random amounts between random branches, until a time. */
  Bank transferEvery(Duration interval, Duration until) {
    simulation.every(
        interval,
        () -> {
          Branch branch = any();
          if (simulation.elapsed().compareTo(until) < 0 && branch.node.isRunning()) {
            branch.node.submit(now -> transfer(branch, now));
          }
        });
    return this;
  }

  Bank snapshotEvery(Duration interval, Duration until) {
    simulation.every(
        interval,
        () -> {
          Branch branch = any();
          if (simulation.elapsed().compareTo(until) < 0 && branch.node.isRunning()) {
            branch.node.submit(now -> branch.machine.snapshot(now));
          }
        });
    return this;
  }

  Branch any() {
    return branches.get(random.nextInt(branches.size()));
  }

  void snapshot(Branch branch) {
    branch.node.submit(now -> branch.machine.snapshot(now));
  }

  boolean isQuiet() {
    return branches.stream()
        .allMatch(
            branch ->
                !branch.machine.isTakingSnapshot()
                    && branches.stream()
                        .filter(other -> other != branch)
                        .allMatch(other -> branch.machine.unsaved(other.name) == 0));
  }

  long total() {
    return branches.stream().mapToLong(branch -> branch.account.balance).sum();
  }

  int transfers() {
    return transfers;
  }

  private List<Action> transfer(Branch branch, ClockReading now) {
    Branch to = any();
    if (to == branch || !branch.machine.canSend(to.name)) {
      return List.of();
    }
    transfers++;
    byte[] message = branch.account.withdraw(to.name, 1 + random.nextInt(50));
    return branch.machine.send(now, to.name, message);
  }

  private void hear(Branch branch, Report report) {
    if (report instanceof Checkpoint checkpoint) {
      int dies = branch.diesAtSave;
      branch.diesAtSave = 0;
      if (dies == 1) {
        branch.node.kill();
        return;
      }
      branch.disk = checkpoint.bytes();
      if (dies == 2) {
        branch.node.kill();
      }
    } else if (report instanceof SnapshotTaken shot) {
      taken++;
      shot.snapshot().parts().values().stream()
          .flatMap(part -> part.channels().values().stream())
          .forEach(messages -> transfersInChannels += messages.size());
      boolean fifo = algorithm == SnapshotAlgorithm.CHANDY_LAMPORT;
      String about = "seed " + simulation.seed() + " " + shot.snapshot().id() + ": ";
      histories.check(shot.snapshot(), BALANCE * branches.size(), fifo, about);
    } else if (report instanceof SnapshotAborted abort) {
      aborted.add(abort);
      assertTrue(!abort.missing().isEmpty(), () -> "" + abort);
    }
  }
}
