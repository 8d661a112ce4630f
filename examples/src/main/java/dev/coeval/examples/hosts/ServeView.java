package dev.coeval.examples.hosts;

import dev.coeval.examples.network.Hosts;
import dev.coeval.examples.terminal.EventLoop;
import dev.coeval.examples.terminal.Nanos;
import dev.coeval.examples.terminal.OutputOptions;
import dev.coeval.sync.berkeley.RoleChanged;
import dev.coeval.sync.discipline.Disciplined;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.measure.RejectionCounts;
import dev.coeval.sync.ntp.server.ClientStatistics;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code coeval serve} prints. */
final class ServeView {

  /** More would be no report any more: those that ask most are shown. */
  private static final int MAX_CLIENTS = 100;

  private final OutputOptions output;
  private final EventLoop loop;
  private final ServedProtocols served;
  private final long intervalNanos;
  private boolean tellsClients;
  private long corrections;
  private long nextReportNanos;

  ServeView(OutputOptions output, EventLoop loop, ServedProtocols served, Duration interval) {
    this.intervalNanos = interval.toNanos();
    this.nextReportNanos = intervalNanos;
    this.output = output;
    this.loop = loop;
    this.served = served;
  }

  /** Whether reports name the clients. */
  void tellClients(boolean tell) {
    tellsClients = tell;
  }

  /** On the port's thread. */
  void post(Report event) {
    loop.post(() -> heard(event));
  }

  void started(InetSocketAddress address, int threads) {
    output.print(
        "coeval serve: NTP at %s by %d threads; Ctrl-C ends"
            .formatted(Hosts.shown(address), threads),
        "serving",
        "address",
        address.getAddress().getHostAddress(),
        "port",
        address.getPort(),
        "threads",
        threads,
        "boundNanos",
        served.clock().boundNanos());
  }

  void started(InetSocketAddress address, boolean tcp, boolean keys) {
    String fault = served.clock().fault();
    output.text(
        "coeval serve: NTP, Cristian%s and Berkeley at %s; Ctrl-C ends"
            .formatted(tcp ? " (UDP and TCP)" : "", Hosts.shown(address)));
    output.text(
        "the time served is this host's wall clock%s; it claims ± %s%s"
            .formatted(
                fault.isEmpty() ? "" : ", " + fault,
                Nanos.of(served.clock().boundNanos()),
                keys ? "; Cristian and Berkeley need a key, NTP has --ntp-keys" : ""));
    if (output.isJson()) {
      output.print(
          "",
          "serving",
          "address",
          address.getAddress().getHostAddress(),
          "port",
          address.getPort(),
          "tcp",
          tcp,
          "keys",
          keys,
          "boundNanos",
          served.clock().boundNanos());
    }
  }

  void heard(Report event) {
    if (event instanceof Disciplined) {
      corrections++;
    } else if (event instanceof RoleChanged change) {
      output.print(
          PeerWatch.time(loop.elapsedNanos())
              + "  Berkeley: "
              + change.role()
              + " of term "
              + change.term()
              + ": "
              + change.reason(),
          "role",
          "elapsedNanos",
          loop.elapsedNanos(),
          "role",
          change.role().toString(),
          "term",
          change.term().toString(),
          "reason",
          change.reason());
    }
  }

  /** Reports when the time has come. */
  void reportIfDue() {
    if (loop.elapsedNanos() >= nextReportNanos) {
      report("served");
      nextReportNanos += intervalNanos;
    }
  }

  void report(String event) {
    Map<String, Long> answered = served.answered();
    Map<String, RejectionCounts> rejections = served.rejections();
    Map<String, Map<Rejection, Long>> reasons = new LinkedHashMap<>();
    rejections.forEach((protocol, counts) -> reasons.put(protocol, counts.toMap()));
    output.print(
        PeerWatch.time(loop.elapsedNanos())
            + "  answered: "
            + answered.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "))
            + "; Berkeley corrections: "
            + corrections
            + "; rejected: "
            + (rejections.isEmpty()
                ? "0"
                : rejections.entrySet().stream()
                    .map(entry -> entry.getKey() + " " + PeerWatch.counts(entry.getValue()))
                    .collect(Collectors.joining(", ")))
            + "; claims ± "
            + Nanos.of(served.clock().boundNanos()),
        event,
        "elapsedNanos",
        loop.elapsedNanos(),
        "answered",
        answered,
        "corrections",
        corrections,
        "rejected",
        reasons,
        "boundNanos",
        served.clock().boundNanos());
    if (tellsClients) {
      served.ntp().clients().stream()
          .sorted(Comparator.comparing(client -> -client.counts().requests()))
          .limit(MAX_CLIENTS)
          .forEach(this::print);
    }
  }

  private void print(ClientStatistics client) {
    ClientStatistics.Counts counts = client.counts();
    String address = client.address().getHostAddress();
    output.print(
        "           %s: %d requests, %d refused, %d of them with a kiss, every %s"
            .formatted(
                address,
                counts.requests(),
                counts.refused(),
                counts.kissed(),
                Nanos.of(client.intervalNanos())),
        "client",
        "address",
        address,
        "requests",
        counts.requests(),
        "refused",
        counts.refused(),
        "kissed",
        counts.kissed(),
        "intervalNanos",
        client.intervalNanos());
  }
}
