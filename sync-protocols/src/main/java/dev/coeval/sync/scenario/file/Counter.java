package dev.coeval.sync.scenario.file;

import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.discipline.SyncStatus.State;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejected;
import dev.coeval.sync.ntp.ServerReachability;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.scenario.file.PacketMeter.Packet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;

/** Counts what one {@link CountSpec} asks for. */
final class Counter {
  private final CountSpec spec;
  private final FileRun run;
  private final FileRun.Actor actor;

  Counter(CountSpec spec, FileRun run) {
    this.spec = spec;
    this.run = run;
    this.actor = run.actor(spec.node());
  }

  double count() {
    return switch (spec.what()) {
      case REQUESTS -> packets(sent(), p -> p.mode() == 3 || p.mode() <= 2);
      case BROADCASTS -> packets(sent(), p -> p.mode() == 5);
      case REPLIES -> packets(received(), Counter::isReply);
      case KISSES -> packets(received(), p -> p.mode() == 4 && p.stratum() == 0 && isLike(p));
      case BASIC -> packets(received(), p -> isReply(p) && answers(p, false));
      case INTERLEAVED -> packets(received(), p -> isReply(p) && answers(p, true));
      case MEASUREMENTS -> reports(r -> r instanceof Measurement m && isPeer(m.peer()));
      case REJECTED ->
          reports(
              r -> r instanceof Rejected x && isPeer(x.from()) && isLike(x.reason().toString()));
      case UNREACHABLE ->
          reports(r -> r instanceof ServerReachability s && !s.reachable() && isPeer(s.peer()));
      case SELECTIONS -> reports(r -> r instanceof SyncStatus s && s.state() == State.SYNCHRONIZED);
      case STATUSES -> reports(r -> r instanceof SyncStatus s && isLike(s.toString()));
      case STEPS -> actor.clock.get().steps();
      case STOPS -> actor.node.isRunning() ? 0 : 1;
      case LEAST_INTERVAL -> PollCheck.least(filtered(sent()));
      case MEAN_INTERVAL -> PollCheck.mean(filtered(sent()));
    };
  }

  private List<Packet> sent() {
    return run.packets().sentBy(actor.spec.id());
  }

  private List<Packet> received() {
    return run.packets().receivedBy(actor.spec.id());
  }

  private List<Packet> filtered(List<Packet> packets) {
    return packets.stream().filter(this::isMeant).toList();
  }

  private double packets(List<Packet> packets, Predicate<Packet> kind) {
    return packets.stream().filter(this::isMeant).filter(kind).count();
  }

  private boolean isMeant(Packet packet) {
    CountSpec.Filter filter = spec.filter();
    return isPeer(packet.peer())
        && isDuring(packet.seconds())
        && (filter.stratum().isEmpty() || filter.stratum().getAsInt() == packet.stratum());
  }

  private double reports(Predicate<Report> kind) {
    return actor.heard.stream()
        .filter(heard -> isDuring(heard.seconds()))
        .filter(heard -> kind.test(heard.report()))
        .count();
  }

  private boolean isDuring(double seconds) {
    return seconds >= spec.filter().fromSeconds() && seconds <= spec.filter().toSeconds();
  }

  private boolean isPeer(PeerId peer) {
    return spec.filter().peer().map(name -> run.actor(name).spec.id().equals(peer)).orElse(true);
  }

  private boolean isLike(String text) {
    return spec.filter().word().map(text::contains).orElse(true);
  }

  private boolean isLike(Packet kiss) {
    int code = kiss.stamps().referenceId();
    byte[] bytes = {(byte) (code >> 24), (byte) (code >> 16), (byte) (code >> 8), (byte) code};
    return isLike(new String(bytes, StandardCharsets.US_ASCII));
  }

  private static boolean isReply(Packet packet) {
    return packet.mode() == NtpPacket.MODE_SERVER || packet.mode() == 1 || packet.mode() == 2;
  }

  /** Whether a reply's origin is the receive (interleaved) or transmit stamp of a request. */
  private boolean answers(Packet reply, boolean interleaved) {
    long origin = reply.stamps().origin();
    return sent().stream()
        .filter(p -> p.peer().equals(reply.peer()) && p.seconds() <= reply.seconds())
        .map(p -> interleaved ? p.stamps().receive() : p.stamps().transmit())
        .anyMatch(stamp -> stamp == origin && origin != 0);
  }
}
