package dev.coeval.examples.hosts;

import dev.coeval.examples.terminal.OutputOptions;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.PeerUnreachable;
import dev.coeval.sync.measure.Rejected;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.measure.RejectionCounts;
import dev.coeval.sync.ntp.KissReceived;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Who answers and who does not, said once when it changes. */
final class PeerWatch {

  /** What is said of a peer that was sent something, and of which nothing more is known. */
  static final String NO_REPLY = "no reply in time";

  /** One or two lost datagrams are nothing to speak of. */
  private static final int LOST_IN_A_ROW = 3;

  private static final double NANOS_PER_SECOND = 1e9;

  private final OutputOptions output;
  private final RejectionCounts rejections = new RejectionCounts();
  private final Map<PeerId, Peer> peers = new LinkedHashMap<>();
  private long answered;
  private long lost;

  PeerWatch(OutputOptions output) {
    this.output = output;
  }

  private static final class Peer {
    private int lostInARow;
    private boolean silent;
    private String trouble = "";
    private final Set<Rejection> told = EnumSet.noneOf(Rejection.class);
  }

  void answered(PeerId id, long elapsedNanos) {
    answered++;
    Peer peer = peer(id);
    if (peer.silent) {
      say(elapsedNanos, id, "answers", "answers again, after " + peer.lostInARow + " lost");
    }
    peer.lostInARow = 0;
    peer.silent = false;
    peer.trouble = "";
    peer.told.clear();
  }

  void lost(PeerId id, long elapsedNanos) {
    lost++;
    Peer peer = peer(id);
    peer.lostInARow++;
    if (peer.lostInARow == LOST_IN_A_ROW && !peer.silent) {
      peer.silent = true;
      say(elapsedNanos, id, "silent", "gives no time" + because(peer));
    }
  }

  void unreachable(PeerUnreachable report, long elapsedNanos) {
    Peer peer = peer(report.peer());
    if (!peer.silent || !peer.trouble.equals(report.reason())) {
      peer.trouble = report.reason();
      peer.silent = true;
      say(elapsedNanos, report.peer(), "silent", "is not reached: " + report.reason());
    }
  }

  void rejected(Rejected report, long elapsedNanos) {
    rejections.add(report.reason());
    String reason = words(report.reason());
    if (!peers.containsKey(report.from()) && report.reason() == Rejection.UNKNOWN_PEER) {
      return; // a stranger: counted, and not remembered
    }
    Peer peer = peer(report.from());
    peer.trouble = reason;
    if (peer.told.add(report.reason())) {
      say(elapsedNanos, report.from(), "rejected", "sent what is not used: " + reason);
    }
  }

  void kissed(KissReceived report, long elapsedNanos) {
    peer(report.peer()).trouble = "it says " + report.code();
    say(elapsedNanos, report.peer(), "kiss", "sends a kiss-o'-death: " + report.code());
  }

  RejectionCounts rejections() {
    return rejections;
  }

  long answered() {
    return answered;
  }

  long lost() {
    return lost;
  }

  /** What is wrong with whom, in one line; empty if nothing is. */
  String troubles() {
    return peers.entrySet().stream()
        .filter(entry -> entry.getValue().silent || entry.getValue().lostInARow > 0)
        .map(entry -> entry.getKey() + ": " + reason(entry.getValue()))
        .collect(Collectors.joining("; "));
  }

  /** As in "3 (wrong nonce 2, stale 1)". */
  static String counts(RejectionCounts counts) {
    if (counts.total() == 0) {
      return "0";
    }
    return counts.total()
        + counts.toMap().entrySet().stream()
            .map(entry -> words(entry.getKey()) + " " + entry.getValue())
            .collect(Collectors.joining(", ", " (", ")"));
  }

  static String words(Rejection reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** As in " 12.3 s", the first column of what is printed over time. */
  static String time(long elapsedNanos) {
    return String.format(Locale.ROOT, "%7.1f s", elapsedNanos / NANOS_PER_SECOND);
  }

  private static String reason(Peer peer) {
    return peer.trouble.isEmpty() ? NO_REPLY : peer.trouble;
  }

  private static String because(Peer peer) {
    return peer.trouble.isEmpty() ? ": no reply" : ": " + peer.trouble;
  }

  private Peer peer(PeerId id) {
    return peers.computeIfAbsent(id, any -> new Peer());
  }

  private void say(long elapsedNanos, PeerId id, String state, String text) {
    output.print(
        time(elapsedNanos) + "  " + id + " " + text,
        "peer",
        "elapsedNanos",
        elapsedNanos,
        "peer",
        id.toString(),
        "state",
        state,
        "text",
        text);
  }
}
