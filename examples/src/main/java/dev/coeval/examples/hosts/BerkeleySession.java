package dev.coeval.examples.hosts;

import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.examples.terminal.CtrlC;
import dev.coeval.examples.terminal.EventLoop;
import dev.coeval.examples.terminal.Seeds;
import dev.coeval.sync.SyncNode;
import dev.coeval.sync.berkeley.BerkeleyConfig;
import dev.coeval.sync.berkeley.BerkeleyNode;
import dev.coeval.sync.runtime.UdpConfig;
import java.net.InetSocketAddress;
import java.time.Duration;

/** One run of {@code coeval berkeley}: a node of a group, and what is printed of it. */
final class BerkeleySession {
  private static final String OWNER = "berkeley";
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

  private final BerkeleyOptions options;
  private final BerkeleyConfig config;

  BerkeleySession(BerkeleyOptions options, BerkeleyConfig config) {
    this.options = options;
    this.config = config;
  }

  /**
   * Runs until the options or Ctrl-C end it.
   *
   * @throws CommandFailedException if the node never heard of the group's time
   */
  void run() {
    SkewedHost host = options.faults().host();
    Duration duration = options.duration().get();
    InetSocketAddress address = options.address();
    EventLoop loop = new EventLoop(options.output());
    SyncNode node =
        new SyncNode(
            host.reader(), config.pace().clockDriftBoundPpb(), config.pace().steeringPolicy());
    BerkeleyNode machine =
        new BerkeleyNode(OWNER, config, node.clock(), options.keys().keyring(), Seeds.next());
    node.board().add(OWNER, first -> first == BerkeleyNode.FIRST_BYTE, machine);
    BerkeleyView view = new BerkeleyView(options.output(), loop, node.clock(), host);
    node.listen(view::hear);
    try (CtrlC ctrlC = new CtrlC()) {
      try (node) {
        node.open(UdpConfig.bound(address));
        view.started(node.address(), config.members(), options.keys().isGiven());
        loop.run(
            ctrlC,
            new EventLoop.Plan(
                CHECK_INTERVAL, duration, () -> node.runtime().failure().ifPresent(Port::fail)));
      }
      loop.drain();
      view.summary(machine.rejections());
      if (!view.hasTime()) {
        throw CommandFailedException.failure("could not synchronize: " + view.reason());
      }
    }
  }
}
