package dev.coeval.examples.snapshot;

import dev.coeval.causal.CausalEvent;
import dev.coeval.examples.network.BadNetwork.Faults;
import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.examples.terminal.FileTrouble;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.order.link.LinkConfig;
import dev.coeval.sync.order.snapshot.SnapshotAlgorithm;
import dev.coeval.sync.order.snapshot.SnapshotConfig;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Sets up a bank: names, ports, and a temporary folder for checkpoints, which goes with it. */
final class Bank implements AutoCloseable {
  private static final List<String> NAMES =
      List.of(
          "ann", "ben", "cat", "dan", "eve", "fay", "gus", "hal", "ida", "jon", "kim", "leo", "mia",
          "ned", "oda", "pam");

  static final int MAX_BRANCHES = NAMES.size();

  /** On one host, what has not come after some tenths of a second is lost. */
  private static final LinkConfig.Timing TIMING =
      new LinkConfig.Timing(20_000_000L, 100_000_000L, 400_000_000L, 300_000_000L, 1_000_000_000L);

  private final Map<String, InetSocketAddress> addresses;
  private final SnapshotAlgorithm algorithm;
  private final Faults faults;
  private final Path folder;
  private final List<BranchNode> branches = new ArrayList<>();

  Bank(int size, SnapshotAlgorithm algorithm, Faults faults) {
    this.algorithm = algorithm;
    this.faults = faults;
    try {
      this.addresses = freePorts(NAMES.subList(0, size));
      this.folder = Files.createTempDirectory("coeval-bank-");
    } catch (IOException e) {
      throw CommandFailedException.failure(
          "cannot set up the bank: " + FileTrouble.reason(e) + "; are there temporary files?");
    }
  }

  /** How much there is, and must always be. */
  long money() {
    return Branch.OPENING_BALANCE * Branch.ACCOUNTS * addresses.size();
  }

  /** The branches, not yet started. */
  List<BranchNode> branches(Consumer<CausalEvent> history) {
    addresses.forEach(
        (name, address) ->
            branches.add(
                new BranchNode(
                    new BranchNode.Setup(
                        config(name),
                        address,
                        new CheckpointFile(folder, name),
                        faults,
                        history))));
    return List.copyOf(branches);
  }

  private SnapshotConfig config(String name) {
    Map<String, PeerId> others = new HashMap<>();
    addresses.forEach((other, address) -> others.put(other, PeerId.of(address)));
    others.remove(name);
    return SnapshotConfig.of(name, others, algorithm).with(TIMING);
  }

  /** Each knows the others' ports before any is open, and keeps its own when it is restarted. */
  private static Map<String, InetSocketAddress> freePorts(List<String> names) throws IOException {
    Map<String, InetSocketAddress> free = new LinkedHashMap<>();
    List<DatagramSocket> sockets = new ArrayList<>();
    try {
      for (String name : names) {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        sockets.add(socket);
        free.put(name, (InetSocketAddress) socket.getLocalSocketAddress());
      }
      return free;
    } finally {
      sockets.forEach(DatagramSocket::close);
    }
  }

  /** Ends all branches and removes their files. */
  @Override
  public void close() {
    branches.forEach(BranchNode::kill);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      folder.toFile().deleteOnExit(); // it is in the temporary folder: no harm if it stays
    }
  }
}
