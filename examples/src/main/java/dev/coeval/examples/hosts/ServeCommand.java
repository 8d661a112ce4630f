package dev.coeval.examples.hosts;

import dev.coeval.examples.network.Hosts;
import dev.coeval.examples.network.KeyOptions;
import dev.coeval.examples.network.NtpKeyOptions;
import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.examples.terminal.CtrlC;
import dev.coeval.examples.terminal.DurationOption;
import dev.coeval.examples.terminal.EventLoop;
import dev.coeval.examples.terminal.OutputOptions;
import dev.coeval.sync.SyncNode;
import dev.coeval.sync.ntp.server.BroadcastConfig;
import dev.coeval.sync.ntp.server.NtpServerConfig;
import dev.coeval.sync.runtime.TcpServer;
import dev.coeval.sync.runtime.TcpServerConfig;
import dev.coeval.sync.runtime.UdpConfig;
import dev.coeval.sync.runtime.UdpServerGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
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
    sortOptions = false,
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

  @Option(
      names = "--clients",
      description = "Report who asked for NTP: requests, refusals, interval.")
  private boolean clients;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Answer with so many threads and sockets (SO_REUSEPORT): NTP only, 1 to 64.")
  private @Nullable Integer threads;

  @Option(
      names = "--broadcast",
      paramLabel = "ADDR:PORT",
      description = "Also send NTP broadcasts there, every 64 s. Repeatable.")
  private List<String> broadcasts = new ArrayList<>();

  @Mixin private NtpGuardOptions guard = new NtpGuardOptions();
  @Mixin private NtpKeyOptions ntpKeys = new NtpKeyOptions();
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
    ServedClock clock = new ServedClock(faults.host(), error);
    NtpServerConfig config = guard.config(ntpKeys.keys()).withStratum(stratum);
    ServedProtocols served = new ServedProtocols(clock, config, keys.keyring());
    broadcasts(served);
    EventLoop loop = new EventLoop(output);
    ServeView view = new ServeView(output, loop, served, report);
    view.tellClients(clients);
    try (CtrlC ctrlC = new CtrlC()) {
      UdpConfig place =
          UdpConfig.bound(address).withAlwaysSpin(spin).withBroadcast(!broadcasts.isEmpty());
      if (threads == null) {
        serveAll(served, view, place, follow -> loop.run(ctrlC, plan(follow, served, view, end)));
      } else {
        serveNtp(served, view, place, follow -> loop.run(ctrlC, plan(follow, served, view, end)));
      }
      loop.drain();
      view.report("summary");
    }
  }

  private void serveAll(
      ServedProtocols served, ServeView view, UdpConfig place, Consumer<Runnable> loop) {
    try (SyncNode node = served.node()) {
      node.listen(view::post);
      node.open(place);
      try (TcpServer overTcp = tcp ? openTcp(served, node) : null) {
        view.started(node.address(), tcp, keys.isGiven());
        loop.accept(() -> check(node, overTcp));
      }
    }
  }

  /** Several threads have a port of their own kind: no machine can share it. */
  private void serveNtp(
      ServedProtocols served, ServeView view, UdpConfig place, Consumer<Runnable> loop) {
    int count = Objects.requireNonNull(threads);
    try (UdpServerGroup group =
        UdpServerGroup.start(place, count, served::ntpSibling, served.reader())) {
      view.started(group.localAddress(), count);
      loop.accept(() -> group.failure().ifPresent(Port::fail));
    }
  }

  private static EventLoop.Plan plan(
      Runnable check, ServedProtocols served, ServeView view, @Nullable Duration end) {
    return new EventLoop.Plan(
        ServedClock.FOLLOW_INTERVAL,
        end,
        () -> {
          check.run();
          served.clock().follow();
          view.reportIfDue();
        });
  }

  private void broadcasts(ServedProtocols served) {
    if (!broadcasts.isEmpty()) {
      served.broadcast(
          broadcasts.stream().map(name -> Hosts.resolve(name, Hosts.NTP_PORT)).toList(), stratum);
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
    Integer count = threads;
    if (count != null && (count < 1 || count > UdpServerGroup.MAX_THREADS)) {
      throw CommandFailedException.usage("--threads is not in 1 to 64: " + count);
    }
    if (count != null && (tcp || keys.isGiven() || !broadcasts.isEmpty())) {
      throw CommandFailedException.usage(
          "--threads serves NTP alone: not with --tcp, --keys or --broadcast");
    }
    if (broadcasts.size() > BroadcastConfig.MAX_TARGETS) {
      throw CommandFailedException.usage("more than 16 times --broadcast");
    }
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
