package dev.coeval.examples.hosts;

import dev.coeval.examples.terminal.CtrlC;
import dev.coeval.examples.terminal.EventLoop;
import dev.coeval.examples.terminal.Nanos;
import dev.coeval.examples.terminal.OutputOptions;
import dev.coeval.sync.discipline.Cause;
import dev.coeval.sync.discipline.Disciplined;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringEvent;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run of {@code coeval sync}: a clock, a client, and what is printed of them. */
final class SyncSession {

  /** What is less than this is slewed, whatever may be stepped. */
  static final Duration STEP = Duration.ofMillis(1);

  private static final Duration SHORTEST_LINE = Duration.ofMillis(100);
  private static final Duration USUAL_LINE = Duration.ofSeconds(1);

  private final String protocol;
  private final SyncOptions options;
  private final OutputOptions output;
  private final SkewedHost host;
  private final DisciplinedClock clock;
  private final EventLoop loop;
  private SyncStatus status = new SyncStatus(SyncStatus.State.UNSYNCHRONIZED, "");
  private @Nullable Port port;
  private List<String> unresolved = List.of();
  private long offsetNanos;
  private long synchronizedAfterNanos = -1;

  SyncSession(String protocol, SyncOptions options, SkewedHost host, StepPolicy step) {
    this.protocol = protocol;
    this.options = options;
    this.output = options.output();
    this.loop = new EventLoop(output);
    this.host = host;
    SteeringPolicy steering = SteeringPolicy.with(step);
    if (step.updates() > 1) { // not only at the start
      for (SteeringEvent event : SteeringEvent.values()) {
        steering = steering.withStep(event, step);
      }
    }
    this.clock = new DisciplinedClock(host.reader(), host.driftBoundPpb(), steering);
  }

  /** How a clock comes to be synchronized. */
  interface Way {

    /**
     * Opens the port and starts to ask.
     *
     * @param clock is to be steered
     * @param count sees what is sent
     * @param listener hears all reports, after the clock was steered
     */
    Port open(DisciplinedClock clock, ExchangeCount count, Consumer<Report> listener);

    /** The transport, for people: "" for UDP. */
    default String transport() {
      return "";
    }
  }

  /**
   * Runs until the options or Ctrl-C end it.
   *
   * @param servers those that are known at the start
   * @throws dev.coeval.examples.terminal.CommandFailedException if no server could be followed
   */
  void run(List<PeerId> servers, Way way) {
    long count = options.run().count(Long.MAX_VALUE);
    Duration duration = options.duration().get();
    try (CsvFile csv = options.run().openCsv(true);
        CtrlC ctrlC = new CtrlC()) {
      Exchanges exchanges =
          new Exchanges(
              loop, clock, new ExchangeLog(output, csv), new PeerWatch(output), servers.size());
      try (Port port =
          way.open(
              clock,
              new ExchangeCount(count),
              report -> {
                hear(report);
                exchanges.hear(report);
              })) {
        this.port = port;
        printStart(servers, way.transport());
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

  private void changed(SyncStatus published) {
    Port opened = port;
    SyncStatus next = opened == null ? published : opened.explain(published);
    boolean news = !next.equals(status);
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
          "cause",
          next.cause().toString(),
          "groups",
          ClockFace.groups(next),
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

  /** Names that do not resolve yet, said below the first line. */
  void note(List<String> unresolvedNames) {
    unresolved = List.copyOf(unresolvedNames);
  }

  private void printStart(List<PeerId> servers, String transport) {
    String fault = host.fault();
    output.print(
        "coeval sync "
            + protocol
            + (transport.isEmpty() ? "" : " over " + transport)
            + ": "
            + String.join(", ", servers.stream().map(PeerId::toString).toList())
            + (fault.isEmpty() ? "" : "; the clock starts " + fault)
            + "; Ctrl-C ends",
        "started",
        "protocol",
        protocol,
        "transport",
        transport.isEmpty() ? "udp" : "tcp",
        "port",
        port == null ? 0 : port.number(),
        "servers",
        servers.stream().map(PeerId::toString).toList());
    for (String name : unresolved) {
      output.print(
          "'" + name + "' does not resolve; it is looked up again", "unresolved", "name", name);
    }
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
    String cause = status.cause() == Cause.NONE ? "" : " (" + status.cause() + ")";
    return status.state() + cause + (status.reason().isEmpty() ? "" : ": " + status.reason());
  }
}
