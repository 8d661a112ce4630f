package dev.coeval.sync.scenario.file;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.sim.Simulation;
import dev.coeval.sync.sim.TrafficListener;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Notes every NTP datagram at its sender and at its receiver. */
final class PacketMeter implements TrafficListener {
  private static final double NANOS = 1e9;

  private final Simulation simulation;
  private final Map<PeerId, List<Packet>> sent = new HashMap<>();
  private final Map<PeerId, List<Packet>> received = new HashMap<>();

  PacketMeter(Simulation simulation) {
    this.simulation = simulation;
  }

  /**
   * A datagram, as one node saw it.
   *
   * @param seconds when, since the start
   * @param peer the other end
   * @param mode its mode
   * @param stratum its stratum
   * @param stamps its stamps
   */
  record Packet(double seconds, PeerId peer, int mode, int stratum, Stamps stamps) {}

  /** Reference identifier, origin, receive and transmit stamp, as on the wire. */
  record Stamps(int referenceId, long origin, long receive, long transmit) {}

  @Override
  public void sent(PeerId from, PeerId to, ByteBuffer payload) {
    note(sent, from, to, payload);
  }

  @Override
  public void received(PeerId from, PeerId to, ByteBuffer payload) {
    note(received, to, from, payload);
  }

  List<Packet> sentBy(PeerId node) {
    return sent.getOrDefault(node, List.of());
  }

  List<Packet> receivedBy(PeerId node) {
    return received.getOrDefault(node, List.of());
  }

  private void note(Map<PeerId, List<Packet>> where, PeerId node, PeerId peer, ByteBuffer payload) {
    int at = payload.position();
    if (payload.remaining() < NtpCodec.HEADER_LENGTH) {
      return;
    }
    int first = payload.get(at) & 0xFF;
    Stamps stamps =
        new Stamps(
            NtpCodec.getInt(payload, at + NtpCodec.REFERENCE_ID),
            NtpCodec.getLong(payload, at + NtpCodec.ORIGIN),
            NtpCodec.getLong(payload, at + NtpCodec.RECEIVE),
            NtpCodec.getLong(payload, at + NtpCodec.TRANSMIT));
    double seconds = simulation.elapsed().toNanos() / NANOS;
    int stratum = payload.get(at + NtpCodec.STRATUM) & 0xFF;
    where
        .computeIfAbsent(node, none -> new ArrayList<>())
        .add(new Packet(seconds, peer, NtpCodec.mode(first), stratum, stamps));
  }
}
