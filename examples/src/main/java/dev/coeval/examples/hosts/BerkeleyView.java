package dev.coeval.examples.hosts;

import dev.coeval.examples.network.Hosts;
import dev.coeval.examples.terminal.EventLoop;
import dev.coeval.examples.terminal.Nanos;
import dev.coeval.examples.terminal.OutputOptions;
import dev.coeval.sync.berkeley.Corrected;
import dev.coeval.sync.berkeley.MemberStatus;
import dev.coeval.sync.berkeley.RoleChanged;
import dev.coeval.sync.berkeley.RoundCompleted;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.measure.RejectionCounts;
import dev.coeval.time.DisciplinedClock;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code coeval berkeley} prints: rounds with their members, corrections, roles, status. */
final class BerkeleyView {
  private final OutputOptions output;
  private final EventLoop loop;
  private final DisciplinedClock clock;
  private final SkewedHost host;
  private SyncStatus status = new SyncStatus(SyncStatus.State.UNSYNCHRONIZED, "");
  private long differenceNanos;
  private long corrections;
  private boolean coordinates;

  BerkeleyView(OutputOptions output, EventLoop loop, DisciplinedClock clock, SkewedHost host) {
    this.output = output;
    this.loop = loop;
    this.clock = clock;
    this.host = host;
  }

  /** On the port's thread: posts what is to be printed. */
  void hear(Report report) {
    if (report instanceof RoundCompleted round) {
      loop.post(() -> print(round));
    } else if (report instanceof Corrected corrected) {
      loop.post(() -> print(corrected));
    } else if (report instanceof RoleChanged change) {
      loop.post(() -> print(change));
    } else if (report instanceof SyncStatus next) {
      loop.post(() -> print(next));
    }
  }

  /** Whether the node was ever told the group's time. */
  boolean hasTime() {
    return corrections > 0;
  }

  String reason() {
    if (!status.reason().isEmpty()) {
      return status.reason();
    }
    return coordinates ? "no member answered" : "no coordinator was heard";
  }

  void started(InetSocketAddress address, List<PeerId> members, boolean keys) {
    coordinates = !members.isEmpty();
    String fault = host.fault();
    output.print(
        "coeval berkeley: %s at %s%s%s; Ctrl-C ends"
            .formatted(
                coordinates ? "coordinator of " + members.size() : "member",
                Hosts.shown(address),
                fault.isEmpty() ? "" : "; the clock starts " + fault,
                keys ? "; with keys" : ""),
        "started",
        "address",
        address.getAddress().getHostAddress(),
        "port",
        address.getPort(),
        "members",
        members.stream().map(PeerId::toString).toList());
  }

  void summary(RejectionCounts rejections) {
    ClockFace face = ClockFace.of(clock, host);
    output.print(
        "--- corrections: %d; rejected: %s; at the end: %s; %s"
            .formatted(
                corrections,
                PeerWatch.counts(rejections),
                face.text(-differenceNanos),
                SyncSession.words(status)),
        "summary",
        face.and(
            loop.elapsedNanos(),
            -differenceNanos,
            status,
            "corrections",
            corrections,
            "rejected",
            rejections.toMap()));
  }

  private void print(RoundCompleted round) {
    int parts = round.participants().size() + (round.coordinatorTakesPart() ? 1 : 0);
    if (output.isJson()) {
      output.print(
          "",
          "round",
          "elapsedNanos",
          loop.elapsedNanos(),
          "term",
          round.term().toString(),
          "round",
          round.round(),
          "bounded",
          round.bounded(),
          "takingPart",
          parts,
          "differenceNanos",
          round.differenceNanos(),
          "members",
          round.members().stream().map(BerkeleyView::fields).toList());
      return;
    }
    output.text(
        "%s  round %d: %d of %d clocks agree%s"
            .formatted(
                PeerWatch.time(loop.elapsedNanos()),
                round.round(),
                parts,
                round.members().size() + 1,
                round.bounded() ? "" : "; no bound yet"));
    row("this node", Nanos.signed(round.differenceNanos()), "", state(round));
    for (MemberStatus member : round.members()) {
      boolean measured = member.state() != MemberStatus.State.UNREACHABLE;
      row(
          member.member().toString(),
          measured ? Nanos.signed(member.differenceNanos()) : "",
          measured ? "(± " + Nanos.of(member.errorNanos()) + ")" : "",
          words(member.state()) + (member.reason().isEmpty() ? "" : ": " + member.reason()));
    }
  }

  private void row(String member, String difference, String error, String state) {
    output.text(
        String.format("             %-24s %10s %14s  %s", member, difference, error, state));
  }

  private void print(Corrected corrected) {
    corrections++;
    differenceNanos = corrected.differenceNanos();
    ClockFace face = ClockFace.of(clock, host);
    String text =
        "%s  round %d: this clock %s from the group's time ± %s (± %s)%s"
            .formatted(
                PeerWatch.time(loop.elapsedNanos()),
                corrected.round(),
                Nanos.signed(corrected.differenceNanos()),
                Nanos.of(face.statisticalNanos()),
                Nanos.of(face.boundNanos()),
                corrected.settled() ? "" : "; settling");
    output.print(
        coordinates ? "" : text,
        "correction",
        face.and(
            loop.elapsedNanos(),
            -corrected.differenceNanos(),
            status,
            "term",
            corrected.term().toString(),
            "round",
            corrected.round(),
            "settled",
            corrected.settled()));
  }

  private void print(RoleChanged change) {
    coordinates = change.role() == dev.coeval.sync.berkeley.Role.COORDINATOR;
    output.print(
        "%s  %s of term %s: %s"
            .formatted(
                PeerWatch.time(loop.elapsedNanos()), change.role(), change.term(), change.reason()),
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

  private void print(SyncStatus next) {
    status = next;
    output.print(
        PeerWatch.time(loop.elapsedNanos()) + "  " + SyncSession.words(next),
        "status",
        "elapsedNanos",
        loop.elapsedNanos(),
        "state",
        next.state().toString(),
        "reason",
        next.reason());
  }

  private static String state(RoundCompleted round) {
    return round.coordinatorTakesPart()
        ? words(MemberStatus.State.TAKING_PART)
        : words(MemberStatus.State.JOINING);
  }

  private static String words(MemberStatus.State state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static Map<String, Object> fields(MemberStatus member) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("member", member.member().toString());
    fields.put("state", member.state().toString());
    fields.put("differenceNanos", member.differenceNanos());
    fields.put("boundNanos", member.errorNanos());
    fields.put("reason", member.reason());
    return fields;
  }
}
