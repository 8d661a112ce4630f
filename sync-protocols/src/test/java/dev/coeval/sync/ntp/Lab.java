package dev.coeval.sync.ntp;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.StateMachine;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejected;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.NtpTimestamp;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One machine on a bench: the test is its network and its clocks. Ticks and wall clock advance
 * together; the true time, which test servers show, is the wall clock unless the test says
 * otherwise.
 */
final class Lab {
  static final long MILLI = 1_000_000L;
  static final long SECOND = 1_000_000_000L;
  static final long START_TICK = 77 * SECOND;

  /** 2026-11-01T12:00:00Z. */
  static final long START_WALL = 1_793_534_400L * SECOND;

  final List<Action.Send> sends = new ArrayList<>();
  final List<Report> reports = new ArrayList<>();
  final Map<TimerId, Long> timers = new HashMap<>();
  String stopReason = "";
  private final StateMachine machine;
  private final long startWall;
  private long tick = START_TICK;

  Lab(StateMachine machine) {
    this(machine, START_WALL);
  }

  Lab(StateMachine machine, long startWall) {
    this.machine = machine;
    this.startWall = startWall;
    carryOut(machine.start(now()));
    askAll();
  }

  /** Requests to several servers leave one after the other: up to when all of them have left. */
  private void askAll() {
    List<TimerId> first =
        timers.entrySet().stream()
            .filter(timer -> timer.getValue() - START_TICK < SECOND)
            .filter(timer -> timer.getKey().kind() == 0 && timer.getKey().index() > 0)
            .sorted(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .toList();
    for (TimerId timer : first) {
      tick = Math.max(tick, timers.remove(timer));
      fire(timer);
    }
  }

  long tick() {
    return tick;
  }

  long wall() {
    return startWall + (tick - START_TICK);
  }

  ClockReading now() {
    return new ClockReading(tick, wall(), 0);
  }

  /** Lets time pass without firing anything. */
  void pass(long nanos) {
    tick += nanos;
  }

  /** Lets time pass up to the next timer, and fires it. */
  void fireNext() {
    Map.Entry<TimerId, Long> next =
        timers.entrySet().stream()
            .min(Map.Entry.<TimerId, Long>comparingByValue())
            .orElseThrow(() -> new AssertionError("no timer is set"));
    tick = Math.max(tick, next.getValue());
    timers.remove(next.getKey());
    fire(next.getKey());
  }

  void fire(TimerId timer) {
    carryOut(machine.onTimer(now(), timer));
  }

  void receive(PeerId from, NtpPacket packet) {
    receive(from, bytes(packet));
  }

  void receive(PeerId from, ByteBuffer bytes) {
    carryOut(machine.onDatagram(now(), from, bytes.asReadOnlyBuffer()));
  }

  void unreachable(PeerId peer) {
    carryOut(machine.onUnreachable(now(), peer, "port unreachable"));
  }

  /** The latest request to a server. */
  ByteBuffer request(PeerId to) {
    for (int i = sends.size() - 1; i >= 0; i--) {
      if (sends.get(i).to().equals(to)) {
        return sends.get(i).payload().duplicate();
      }
    }
    throw new AssertionError("nothing was sent to " + to);
  }

  /** What an honest stratum-1 server would answer to the latest request, at the present time. */
  NtpPacket honest(PeerId server) {
    return reply(request(server), wall(), wall());
  }

  static NtpPacket reply(ByteBuffer request, long receivedNanos, long sentNanos) {
    return new NtpPacket(
        new NtpPacket.Kind(0, 4, 4),
        new NtpPacket.Quality(1, 6, -25, 0, 1),
        new NtpPacket.Reference(NtpPacket.Reference.idOf("GPS"), 1),
        new NtpPacket.Stamps(
            request.getLong(NtpCodec.TRANSMIT),
            NtpTimestamp.ofEpochNanos(receivedNanos),
            NtpTimestamp.ofEpochNanos(sentNanos)));
  }

  static NtpPacket withStamps(NtpPacket packet, NtpPacket.Stamps stamps) {
    return new NtpPacket(packet.kind(), packet.quality(), packet.reference(), stamps);
  }

  static NtpPacket withOrigin(NtpPacket packet, long origin) {
    return withStamps(
        packet,
        new NtpPacket.Stamps(origin, packet.stamps().receive(), packet.stamps().transmit()));
  }

  static NtpPacket withKind(NtpPacket packet, int leap, int version, int mode) {
    return new NtpPacket(
        new NtpPacket.Kind(leap, version, mode),
        packet.quality(),
        packet.reference(),
        packet.stamps());
  }

  static NtpPacket withQuality(NtpPacket packet, NtpPacket.Quality quality) {
    return new NtpPacket(packet.kind(), quality, packet.reference(), packet.stamps());
  }

  static NtpPacket kiss(NtpPacket packet, String code) {
    return new NtpPacket(
        new NtpPacket.Kind(3, 4, 4),
        new NtpPacket.Quality(0, 6, -25, 0, 0),
        new NtpPacket.Reference(NtpPacket.Reference.idOf(code), 1),
        packet.stamps());
  }

  static ByteBuffer bytes(NtpPacket packet) {
    ByteBuffer buffer = ByteBuffer.allocate(NtpCodec.HEADER_LENGTH);
    NtpCodec.encode(packet, buffer);
    return buffer.flip();
  }

  <T extends Report> List<T> all(Class<T> type) {
    return reports.stream().filter(type::isInstance).map(type::cast).toList();
  }

  List<Measurement> measurements() {
    return all(Measurement.class);
  }

  List<Rejection> rejections() {
    return all(Rejected.class).stream().map(Rejected::reason).toList();
  }

  void carryOut(List<Action> actions) {
    for (Action action : actions) {
      if (action instanceof Action.Send send) {
        sends.add(send);
      } else if (action instanceof Action.SetTimer set) {
        timers.put(set.timer(), set.atTickNanos());
      } else if (action instanceof Action.CancelTimer cancel) {
        timers.remove(cancel.timer());
      } else if (action instanceof Action.Publish publish) {
        reports.add(publish.report());
      } else if (action instanceof Action.Stop stop) {
        stopReason = stop.reason();
        timers.clear();
      }
    }
  }
}
