package dev.coeval.examples.hosts;

import dev.coeval.examples.terminal.CtrlC;
import dev.coeval.examples.terminal.EventLoop;
import dev.coeval.examples.terminal.Nanos;
import dev.coeval.examples.terminal.OutputOptions;
import dev.coeval.sync.discipline.ClockFollower;
import dev.coeval.sync.discipline.Disciplined;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.StateMachine;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.time.Duration;
import java.util.List;
import java.util.function.IntPredicate;

/** One run of {@code coeval sync}: a clock, a client, and what is printed of them. */
final class SyncSession {
  private static final Duration STEP = Duration.ofMillis(1);
  private static final Duration SHORTEST_LINE = Duration.ofMillis(100);
  private static final Duration USUAL_LINE = Duration.ofSeconds(1);

  private final String protocol;
  private final SyncOptions options;
  private final OutputOptions output;
  private final SkewedHost host;
  private final boolean tcp;
  private final DisciplinedClock clock;
  private final EventLoop loop;
  private SyncStatus status = new SyncStatus(SyncStatus.State.UNSYNCHRONIZED, "");
  private long offsetNanos;
  private long synchronizedAfterNanos = -1;

  SyncSession(String protocol, SyncOptions options, SkewedHost host, boolean tcp) {
    this.protocol = protocol;
    this.options = options;
    this.output = options.output();
    this.loop = new EventLoop(output);
    this.host = host;
    this.tcp = tcp;
    this.clock =
        new DisciplinedClock(
            host.reader(), host.driftBoundPpb(), SteeringPolicy.with(StepPolicy.atStart(STEP)));
  }

  /**
   * Runs until the options or Ctrl-C end it.
   *
   * @throws dev.coeval.examples.terminal.CommandFailedException if no server could be followed
   */
  void run(List<PeerId> servers, String owner, IntPredicate firstByte, StateMachine client) {
    long count = options.run().count(Long.MAX_VALUE);
    Duration duration = options.duration().get();
    try (CsvFile csv = options.run().openCsv(true);
        CtrlC ctrlC = new CtrlC()) {
      Exchanges exchanges =
          new Exchanges(
              loop, clock, new ExchangeLog(output, csv), new PeerWatch(output), servers.size());
      Switchboard board =
          new Switchboard().add(owner, firstByte, new ExchangeCounter(client, count));
      ClockFollower follower = new ClockFollower(clock);
      try (Port port =
          Port.open(
              tcp,
              options.spinNanos(),
              board,
              host.reader(),
              report -> {
                follower.accept(report);
                hear(report);
                exchanges.hear(report);
              })) {
        printStart(servers);
        loop.run(ctrlC, new EventLoop.Plan(lineInterval(), duration, () -> tick(port, exchanges)));
        port.check();
      }
      loop.drain();
      printSummary(exchanges);
      if (synchronizedAfterNanos < 0 || !clock.get().isSynchronized()) {
        throw SyncCommand.couldNot("could not synchronize", reason(exchanges), servers);
      }
    }
  }

  /** On the port's thread, after the clock was steered. */
  private void hear(Report report) {
    if (report instanceof Disciplined) {
      long left = clock.get().slewLeftNanosAt(clock.get().anchorTickNanos());
      loop.post(() -> disciplined(left));
    } else if (report instanceof SyncStatus next) {
      loop.post(() -> changed(next));
    }
  }

  private void disciplined(long left) {
    offsetNanos = left;
    if (synchronizedAfterNanos < 0) {
      synchronizedAfterNanos = loop.elapsedNanos();
    }
  }

  private void changed(SyncStatus next) {
    boolean news = next.state() != status.state() || !next.reason().equals(status.reason());
    boolean first = status.reason().isEmpty() && next.state() == SyncStatus.State.UNSYNCHRONIZED;
    status = next;
    if (news && (output.isJson() || !first)) {
      output.print(
          PeerWatch.time(loop.elapsedNanos()) + "  " + words(next),
          "status",
          "elapsedNanos",
          loop.elapsedNanos(),
          "state",
          next.state().toString(),
          "reason",
          next.reason());
    }
  }

  private void tick(Port port, Exchanges exchanges) {
    port.check();
    ClockFace face = ClockFace.of(clock, host);
    ExchangeRow last = exchanges.last();
    String delay = last == null ? "" : Nanos.of(last.delayNanos());
    output.print(
        String.format(
            "%s  %10s %12s %14s  %10s  %s",
            PeerWatch.time(loop.elapsedNanos()),
            face.isSynchronized() ? Nanos.signed(offsetNanos) : "",
            face.isSynchronized() ? "± " + Nanos.of(face.statisticalNanos()) : "",
            "(± " + Nanos.of(face.boundNanos()) + ")",
            delay,
            words(status)),
        "clock",
        face.fields(loop.elapsedNanos(), offsetNanos, status));
  }

  private void printStart(List<PeerId> servers) {
    String fault = host.fault();
    output.print(
        "coeval sync "
            + protocol
            + (tcp ? " over TCP" : "")
            + ": "
            + String.join(", ", servers.stream().map(PeerId::toString).toList())
            + (fault.isEmpty() ? "" : "; the clock starts " + fault)
            + "; Ctrl-C ends",
        "started",
        "protocol",
        protocol,
        "transport",
        tcp ? "tcp" : "udp",
        "servers",
        servers.stream().map(PeerId::toString).toList());
    output.text(
        String.format(
            "%9s  %10s %12s %14s  %10s  %s",
            "time", "offset", "± likely", "(± at most)", "delay", "status"));
  }

  private void printSummary(Exchanges exchanges) {
    PeerWatch peers = exchanges.peers();
    ClockFace face = ClockFace.of(clock, host);
    output.text(
        "--- "
            + (synchronizedAfterNanos < 0
                ? "never synchronized"
                : "synchronized after " + PeerWatch.time(synchronizedAfterNanos).strip())
            + "; exchanges: "
            + peers.answered()
            + " good, "
            + peers.lost()
            + " lost; rejected: "
            + PeerWatch.counts(peers.rejections())
            + (loop.dropped() == 0 ? "" : "; lines not printed: " + loop.dropped()));
    output.print(
        face.isSynchronized() ? "    " + face.text(offsetNanos) + "; " + words(status) : "",
        "summary",
        face.and(
            loop.elapsedNanos(),
            offsetNanos,
            status,
            "synchronizedAfterNanos",
            synchronizedAfterNanos < 0 ? null : (Long) synchronizedAfterNanos,
            "answered",
            peers.answered(),
            "lost",
            peers.lost(),
            "rejected",
            peers.rejections().toMap()));
  }

  private String reason(Exchanges exchanges) {
    String troubles = exchanges.peers().troubles();
    if (protocol.equals("cristian") && troubles.contains(PeerWatch.NO_REPLY)) {
      return troubles + "; a server with keys answers only who has its key: see --keys";
    }
    return troubles.isEmpty() ? status.reason() : troubles;
  }

  private Duration lineInterval() {
    Duration interval = options.run().interval(USUAL_LINE);
    return interval.compareTo(SHORTEST_LINE) < 0 ? SHORTEST_LINE : interval;
  }

  static String words(SyncStatus status) {
    return status.state() + (status.reason().isEmpty() ? "" : ": " + status.reason());
  }
}
