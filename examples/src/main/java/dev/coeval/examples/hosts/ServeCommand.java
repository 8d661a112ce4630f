package dev.coeval.examples.hosts;

import dev.coeval.examples.network.Hosts;
import dev.coeval.examples.network.KeyOptions;
import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.examples.terminal.CtrlC;
import dev.coeval.examples.terminal.DurationOption;
import dev.coeval.examples.terminal.EventLoop;
import dev.coeval.examples.terminal.OutputOptions;
import dev.coeval.sync.SyncNode;
import dev.coeval.sync.runtime.TcpServer;
import dev.coeval.sync.runtime.TcpServerConfig;
import dev.coeval.sync.runtime.UdpConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code coeval serve}: this host's time for NTP, Cristian and Berkeley, on one port. */
@Command(
    name = "serve",
    description = {
      "Serve this host's time: NTP, Cristian and Berkeley at once on one UDP port.",
      "The served time is the host's wall clock, with the fault that --offset and --drift ask for;"
          + " what it claims about its error includes that fault.",
      "As a member of a Berkeley group it keeps a second clock, which follows the group."
    },
    mixinStandardHelpOptions = true)
public final class ServeCommand implements Runnable {
  private static final Duration MAX_ERROR = Duration.ofHours(1);
  private static final int MAX_STRATUM = 15;

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "The port; 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port = Hosts.COEVAL_PORT;

  @Option(
      names = "--bind",
      paramLabel = "ADDR",
      description = "An address of this host to listen at (default: all, ${DEFAULT-VALUE}).")
  private String bind = "0.0.0.0";

  @Option(
      names = "--error",
      paramLabel = "TIME",
      description = "How far the host's own wall clock may be off (default: 0s: it is the truth).")
  private Duration error = Duration.ZERO;

  @Option(
      names = "--stratum",
      paramLabel = "N",
      description = "What NTP clients are told, 1 to 15 (default: ${DEFAULT-VALUE}).")
  private int stratum = 1;

  @Option(names = "--tcp", description = "Serve Cristian over TCP too, at the same port number.")
  private boolean tcp;

  @Option(
      names = "--spin",
      description = {
        "Poll for requests all the time instead of sleeping: one core, for better stamps.",
        "Without it a client that spins sees the time that this host takes to wake up as an offset."
      })
  private boolean spin;

  @Option(
      names = "--report",
      paramLabel = "TIME",
      description = "How often to print what was served (default: 10s).")
  private Duration report = Duration.ofSeconds(10);

  @Mixin private FaultOptions faults = new FaultOptions();
  @Mixin private KeyOptions keys = new KeyOptions();
  @Mixin private DurationOption duration = new DurationOption();
  @Mixin private OutputOptions output = new OutputOptions();

  /** Made by picocli. */
  public ServeCommand() {}

  @Override
  public void run() {
    checkRanges();
    Duration end = duration.get();
    InetSocketAddress address = Hosts.bind(bind, port);
    ServedProtocols served = new ServedProtocols(faults.host(), error, stratum, keys.keyring());
    EventLoop loop = new EventLoop(output);
    ServeView view = new ServeView(output, loop, served, report);
    try (CtrlC ctrlC = new CtrlC()) {
      try (SyncNode node = served.node()) {
        node.listen(event -> loop.post(() -> view.heard(event)));
        node.open(UdpConfig.bound(address).withAlwaysSpin(spin));
        try (TcpServer overTcp = tcp ? openTcp(served, node) : null) {
          view.started(node.address(), tcp, keys.isGiven());
          loop.run(
              ctrlC,
              new EventLoop.Plan(
                  ServedClock.FOLLOW_INTERVAL,
                  end,
                  () -> {
                    check(node, overTcp);
                    served.clock().follow();
                    view.reportIfDue();
                  }));
        }
      }
      loop.drain();
      view.report("summary");
    }
  }

  private static void check(SyncNode node, @Nullable TcpServer overTcp) {
    node.runtime().failure().ifPresent(Port::fail);
    if (overTcp != null) {
      overTcp.failure().ifPresent(Port::fail);
    }
  }

  private static TcpServer openTcp(ServedProtocols served, SyncNode node) {
    return TcpServer.start(
        TcpServerConfig.bound(node.address()), served.tcpResponder(), served.reader());
  }

  private void checkRanges() {
    if (stratum < 1 || stratum > MAX_STRATUM) {
      throw CommandFailedException.usage("--stratum is not in 1 to 15: " + stratum);
    }
    if (error.isNegative() || error.compareTo(MAX_ERROR) > 0) {
      throw CommandFailedException.usage("--error is not within 0s to 1h");
    }
    if (report.compareTo(Duration.ofMillis(100)) < 0) {
      throw CommandFailedException.usage("--report is less than 100ms");
    }
  }
}
