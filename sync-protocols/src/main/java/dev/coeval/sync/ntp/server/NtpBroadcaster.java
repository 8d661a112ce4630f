package dev.coeval.sync.ntp.server;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.SendId;
import dev.coeval.sync.machine.StateMachine;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpDatagram;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.NtpTimestamp;
import dev.coeval.sync.ntp.packet.ServedTime;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Sends the time to all who listen: a packet of mode 5 every 2ᵏ s to a broadcast or multicast
 * address (RFC 5905 sections 3 and 8).
 *
 * <p>A listener cannot measure how long a packet took. It asks once, as a client, and takes the
 * delay of then for that of every packet since: so a broadcast is good on a local network, and
 * nowhere else. While the node has no time there is nothing to send, and nothing is sent: a packet
 * of leap indicator 3 would tell no listener more than silence does.
 *
 * <p><b>Attack.</b> Whoever is on the network can send such packets in this node's name: listeners
 * should ask for a code (key). It does not keep an attacker from delaying them.
 *
 * <p>Receives nothing. Not thread-safe, as no machine is.
 */
public final class NtpBroadcaster implements StateMachine {

  /** The name of this machine, in its timers and sends. */
  public static final String OWNER = "ntp-broadcast";

  private static final TimerId NEXT = new TimerId(OWNER, 0, 0);

  private static final int MODE_BROADCAST = 5;

  /** A header and the longest code, 4 + 64 bytes. */
  private static final int MAX_PACKET = NtpCodec.HEADER_LENGTH + 68;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final BroadcastConfig config;
  private final Supplier<ServedTime> clock;
  private final StampPair stamps = new StampPair();
  private long dueTick;
  private long sequence;

  /**
   * A broadcaster.
   *
   * @param config to whom, and how often
   * @param time the time that it sends; asked once a packet
   */
  public NtpBroadcaster(BroadcastConfig config, Supplier<ServedTime> time) {
    this.config = Objects.requireNonNull(config, "config");
    this.clock = Objects.requireNonNull(time, "time");
  }

  /**
   * How many packets were sent.
   *
   * @return at least 0
   */
  public long sent() {
    return sequence;
  }

  @Override
  public List<Action> start(ClockReading now) {
    dueTick = now.tickNanos() + intervalNanos();
    return List.of(new Action.SetTimer(NEXT, dueTick));
  }

  @Override
  public List<Action> onTimer(ClockReading now, TimerId timer) {
    if (!timer.equals(NEXT)) {
      return List.of();
    }
    if (now.tickNanos() - dueTick < 0) {
      return List.of(new Action.SetTimer(NEXT, dueTick));
    }
    long missed = (now.tickNanos() - dueTick) / intervalNanos();
    dueTick += (missed + 1) * intervalNanos(); // a late timer does not shift those behind it
    List<Action> actions = new ArrayList<>(config.targets().size() + 1);
    ServedTime time = clock.get();
    for (PeerId target : config.targets()) {
      ByteBuffer packet = ByteBuffer.allocate(MAX_PACKET);
      if (put(packet, time, now.tickNanos())) {
        actions.add(new Action.Send(target, packet.flip(), new SendId(OWNER, sequence++)));
      }
    }
    actions.add(new Action.SetTimer(NEXT, dueTick));
    return actions;
  }

  @Override
  public List<Action> onDatagram(ClockReading received, PeerId from, ByteBuffer payload) {
    return List.of();
  }

  /** Writes a packet, if there is a time. */
  private boolean put(ByteBuffer packet, ServedTime time, long tick) {
    stamps.transmitTick = tick;
    stamps.transmit = NtpTimestamp.ofEpochNanos(time.epochNanosAt(tick));
    stamps.receive = stamps.transmit;
    stamps.errorNanos = time.maxErrorNanosAt(tick);
    int kind = NtpCodec.firstByte(0, NtpPacket.VERSION, MODE_BROADCAST);
    if (!ReplyHeader.putQuality(packet, 0, kind, time, stamps)) {
      return false;
    }
    packet.put(NtpCodec.POLL, (byte) config.intervalExponent());
    NtpCodec.putLong(packet, NtpCodec.TRANSMIT, stamps.transmit);
    packet.position(NtpCodec.HEADER_LENGTH);
    if (config.keyId() != NtpDatagram.NO_KEY) {
      config.keys().seal(config.keyId(), packet, 0);
    }
    return true;
  }

  private long intervalNanos() {
    return NANOS_PER_SECOND << config.intervalExponent();
  }
}
