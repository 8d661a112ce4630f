package dev.coeval.sync.ntp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.NtpTimestamp;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NtpBroadcasterTest {
  private static final long SECOND = 1_000_000_000L;
  private static final PeerId TARGET = PeerId.simulated(0xFFFFFF);

  private final Desk desk = new Desk(NtpServerConfig.defaults());
  private final List<ByteBuffer> packets = new ArrayList<>();
  private long due;
  private TimerId timer = new TimerId("", 0, 0);

  private NtpBroadcaster broadcaster(BroadcastConfig config) {
    return new NtpBroadcaster(config, desk::snapshot);
  }

  private void carryOut(List<Action> actions) {
    for (Action action : actions) {
      if (action instanceof Action.SetTimer set) {
        due = set.atTickNanos();
        timer = set.timer();
      } else if (action instanceof Action.Send send) {
        packets.add(send.payload());
      }
    }
  }

  private static ClockReading at(long tick) {
    return new ClockReading(tick, 0, 0);
  }

  private void run(NtpBroadcaster broadcaster, long untilTick, long lateNanos) {
    carryOut(broadcaster.start(at(desk.tick)));
    while (due + lateNanos < untilTick) {
      carryOut(broadcaster.onTimer(at(due + lateNanos), timer));
    }
  }

  /** Scenario S32: 150 to 160 packets in 10,000 s. */
  @Test
  void shouldSendEach64SecondsWhenTimersAreLate() {
    NtpBroadcaster broadcaster = broadcaster(BroadcastConfig.to(TARGET));
    run(broadcaster, desk.tick + 10_000 * SECOND, SECOND / 10);
    assertEquals(156, packets.size());
    assertEquals(156, broadcaster.sent());
    NtpPacket packet = NtpCodec.decode(packets.get(155));
    assertEquals(new NtpPacket.Kind(0, 4, 5), packet.kind());
    assertEquals(6, packet.quality().poll());
    assertEquals(3, packet.quality().stratum());
    assertEquals(0, packet.stamps().origin());
    assertEquals(0, packet.stamps().receive());
    long sent = desk.tick + 156 * 64 * SECOND + SECOND / 10;
    assertEquals(
        desk.snapshot().epochNanosAt(sent),
        NtpTimestamp.toEpochNanos(packet.stamps().transmit(), Desk.EPOCH));
    assertTrue(ServedTimeProperties.distance(packet) >= desk.errorNanos);
  }

  @Test
  void shouldSkipWhatItMissedWhenHostSlept() {
    NtpBroadcaster broadcaster = broadcaster(BroadcastConfig.to(TARGET).withIntervalExponent(0));
    carryOut(broadcaster.start(at(0)));
    carryOut(broadcaster.onTimer(at(1000 * SECOND + SECOND / 2), timer));
    assertEquals(1, packets.size());
    assertEquals(1001 * SECOND, due);
  }

  @Test
  void shouldSendNothingButGoOnWhenThereIsNoTime() {
    NtpBroadcaster broadcaster = broadcaster(BroadcastConfig.to(TARGET));
    desk.errorNanos = Long.MAX_VALUE;
    run(broadcaster, desk.tick + 1000 * SECOND, 0);
    assertEquals(0, packets.size());
    desk.errorNanos = 5;
    carryOut(broadcaster.onTimer(at(due), timer));
    assertEquals(1, packets.size());
  }

  @Test
  void shouldSealEachPacketForEachTargetWhenThereIsAKey() {
    BroadcastConfig config =
        new BroadcastConfig(List.of(TARGET, PeerId.simulated(9)), 4, Siege.KEYS, Siege.KEY);
    run(broadcaster(config), desk.tick + 17 * SECOND, 0);
    assertEquals(2, packets.size());
    for (ByteBuffer packet : packets) {
      assertNull(Siege.KEYS.verify(packet, NtpCodec.HEADER_LENGTH, Siege.KEY));
    }
  }

  @Test
  void shouldBeHarmlessWhenTimersAreEarlyOrOthersAndDatagramsArrive() {
    NtpBroadcaster broadcaster = broadcaster(BroadcastConfig.to(TARGET));
    carryOut(broadcaster.start(at(0)));
    assertEquals(List.of(), broadcaster.onTimer(at(due), new TimerId("other", 0, 0)));
    assertEquals(List.of(new Action.SetTimer(timer, due)), broadcaster.onTimer(at(due - 1), timer));
    assertEquals(List.of(), broadcaster.onDatagram(at(0), TARGET, desk.request()));
  }

  @Test
  void shouldRefuseWhatIsOutOfRange() {
    BroadcastConfig good = BroadcastConfig.to(TARGET);
    assertThrows(IllegalArgumentException.class, () -> good.withIntervalExponent(-1));
    assertThrows(IllegalArgumentException.class, () -> good.withIntervalExponent(18));
    assertThrows(IllegalArgumentException.class, () -> good.withKey(Siege.KEYS, 4));
    for (int count : new int[] {0, BroadcastConfig.MAX_TARGETS + 1}) {
      List<PeerId> targets = Collections.nCopies(count, TARGET);
      assertThrows(
          IllegalArgumentException.class,
          () -> new BroadcastConfig(targets, 6, Siege.KEYS, Siege.KEY));
    }
  }
}
