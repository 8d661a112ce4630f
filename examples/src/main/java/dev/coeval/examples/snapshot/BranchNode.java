package dev.coeval.examples.snapshot;

import dev.coeval.causal.CausalEvent;
import dev.coeval.examples.network.BadNetwork;
import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.examples.terminal.Seeds;
import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.order.snapshot.Checkpoint;
import dev.coeval.sync.order.snapshot.SnapshotConfig;
import dev.coeval.sync.order.snapshot.SnapshotNode;
import dev.coeval.sync.runtime.UdpConfig;
import dev.coeval.sync.runtime.UdpRuntime;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A branch on its port, which can be killed: then all that it knew is gone, but for its checkpoint
 * file. Called by the loop's thread.
 */
final class BranchNode {
  private static final String OWNER = "bank";

  private final Setup setup;
  private @Nullable Running running;
  private long lostBefore;
  private long arrivedBefore;

  BranchNode(Setup setup) {
    this.setup = setup;
  }

  /**
   * What remains of a branch when it is killed, and what it is started with.
   *
   * @param config its name and the others
   * @param address where it listens
   * @param file its last checkpoint
   * @param faults of its network
   * @param history is told each event, on the port's thread
   */
  record Setup(
      SnapshotConfig config,
      InetSocketAddress address,
      CheckpointFile file,
      BadNetwork.Faults faults,
      Consumer<CausalEvent> history) {}

  /** What a branch does on its own thread. */
  interface Work {
    List<Action> run(SnapshotNode node, Branch branch, ClockReading now);
  }

  private record Running(
      Branch branch, SnapshotNode node, BadNetwork network, UdpRuntime runtime) {}

  String name() {
    return setup.config.self();
  }

  boolean isUp() {
    return running != null;
  }

  /**
   * Begins anew.
   *
   * @param listener is told what the node publishes but for checkpoints, on the port's thread
   */
  void start(Consumer<Report> listener) {
    start(listener, null);
  }

  /** Continues from the file, as if it had never been away. */
  void restart(Consumer<Report> listener) {
    start(listener, setup.file.load());
    work(
        (node, branch, now) -> {
          branch.note("is restarted from its checkpoint");
          return node.save(now);
        });
  }

  private void start(Consumer<Report> listener, byte @Nullable [] checkpoint) {
    Branch branch = new Branch(name(), setup.history);
    SnapshotNode node =
        new SnapshotNode(OWNER, setup.config, branch, Keyring.empty(), Seeds.next());
    if (checkpoint != null) {
      node.resume(checkpoint);
    }
    BadNetwork network = new BadNetwork(OWNER, node, setup.faults, Seeds.next());
    Switchboard board =
        new Switchboard().add(OWNER, first -> first == SnapshotNode.FIRST_BYTE, network);
    UdpConfig udp = UdpConfig.bound(setup.address);
    Consumer<Report> saving = report -> hear(report, listener);
    UdpRuntime runtime = UdpRuntime.open(udp, board, ClockReader.system(), saving).start();
    running = new Running(branch, node, network, runtime);
  }

  private void hear(Report report, Consumer<Report> listener) {
    if (report instanceof Checkpoint checkpoint) {
      setup.file.save(checkpoint.bytes());
    } else {
      listener.accept(report);
    }
  }

  /** Has something done on the branch's thread; nothing if it is down. */
  void work(Work work) {
    Running now = running;
    if (now != null) {
      now.runtime.submit(time -> work.run(now.node, now.branch, time));
    }
  }

  /** Ends it between two events. Nobody is told, nothing is saved. */
  void kill() {
    Running now = running;
    running = null;
    if (now != null) {
      now.runtime.close();
      lostBefore += now.network.lost();
      arrivedBefore += now.network.arrived();
    }
  }

  /**
   * Looks whether it still works.
   *
   * @throws CommandFailedException if its checkpoint cannot be saved
   * @throws IllegalStateException if there is a bug
   */
  void check() {
    Running now = running;
    Throwable failure = now == null ? null : now.runtime.failure().orElse(null);
    if (failure instanceof CommandFailedException known) {
      throw known;
    }
    if (failure != null) {
      throw new IllegalStateException("the thread of " + name() + " has failed", failure);
    }
  }

  /** How many datagrams to it were lost on purpose. */
  long lost() {
    Running now = running;
    return lostBefore + (now == null ? 0 : now.network.lost());
  }

  /** How many datagrams came through. */
  long arrived() {
    Running now = running;
    return arrivedBefore + (now == null ? 0 : now.network.arrived());
  }
}
