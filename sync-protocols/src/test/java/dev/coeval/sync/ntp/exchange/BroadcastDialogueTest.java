package dev.coeval.sync.ntp.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.NtpTimestamp;
import java.nio.ByteBuffer;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BroadcastDialogueTest {

  private static final PeerId SERVER = PeerId.simulated(1);
  private static final long DRIFT_PPB = 100_000;
  private static final ReplyCheck CHECK = new ReplyCheck(End.SECOND, DRIFT_PPB);
  private static final int POLL = 6;
  private static final long INTERVAL = End.SECOND << POLL;

  private final Random random = new Random(1);
  private End end = End.steady(5_000);
  private End remote = End.steady(0);
  private long now = End.SECOND;

  private BroadcastDialogue listener() {
    return BroadcastDialogue.trusting(
        DialogueConfig.open(SERVER, Wire.DEFAULT.withInterleaved(true), CHECK), random);
  }

  private BroadcastDialogue taught() {
    BroadcastDialogue dialogue = listener();
    teach(dialogue);
    return dialogue;
  }

  private void teach(BroadcastDialogue dialogue) {
    ReferenceServer server = new ReferenceServer(remote, false);
    for (int i = 0; i < BroadcastDialogue.VOLLEY; i++) {
      assertTrue(dialogue.isAsking(end.tick(now)));
      ByteBuffer request = dialogue.next(i, end.at(now));
      long there = now + End.MILLI + random.nextInt(1_000_000);
      ByteBuffer reply = server.answer(there, request, there, there);
      now = there + End.MILLI + random.nextInt(1_000_000);
      assertInstanceOf(Reply.Good.class, dialogue.accept(end.at(now), reply));
    }
    assertFalse(dialogue.isAsking(end.tick(now)));
  }

  private NtpPacket broadcast(long t) {
    long transmit = NtpTimestamp.ofEpochNanos(remote.says(t));
    return Packets.withPoll(Packets.of(NtpPacket.MODE_BROADCAST, 0, 0, transmit), POLL);
  }

  private Reply hear(BroadcastDialogue dialogue, NtpPacket packet, long t) {
    now = t;
    return dialogue.accept(end.at(t), Packets.bytes(packet));
  }

  private static void assertStray(Rejection reason, Reply reply) {
    assertEquals(reason, assertInstanceOf(Reply.Stray.class, reply).reason());
  }

  private static void assertRefused(Rejection reason, Reply reply) {
    assertEquals(reason, assertInstanceOf(Reply.Refused.class, reply).reason());
  }

  private void assertHoldsTheTruth(Reply reply) {
    Measurement measurement = assertInstanceOf(Reply.Good.class, reply).measurement();
    long tick = measurement.receivedTickNanos();
    long truth = end.trueEpochNanos(tick) - tick;
    OffsetBounds bounds = measurement.bounds(0, DRIFT_PPB);
    assertTrue(
        bounds.lowNanos() - 2 <= truth && truth <= bounds.highNanos() + 2,
        () -> truth + " not in " + bounds);
  }

  @Test
  void shouldMeasureWithTheLearnedDelayWhenBroadcastComes() {
    BroadcastDialogue dialogue = taught();
    NtpPacket packet = broadcast(now + INTERVAL);
    Reply reply = hear(dialogue, packet, now + INTERVAL + End.MILLI);
    assertHoldsTheTruth(reply);
    Measurement measurement = ((Reply.Good) reply).measurement();
    long truth = End.START - 5_000;
    assertTrue(Math.abs(truth - measurement.offsetNanos()) <= End.MILLI);
    assertTrue(measurement.delayNanos() >= 2 * End.MILLI);
  }

  @Property(tries = 300)
  void shouldHoldTheTruthWhateverTheDelay(
      @ForAll long seed, @ForAll boolean isSlow, @ForAll boolean isHeldBack) {
    random.setSeed(seed);
    end = new End(End.START, 5_000, random.nextInt(199_998) - 99_999, -25);
    remote = End.steady(0);
    now = End.SECOND;
    BroadcastDialogue dialogue = taught();
    long sent = now + INTERVAL;
    for (int i = 0; i < 30; i++) {
      int delay = 1 + random.nextInt(isHeldBack ? 500_000_000 : isSlow ? 100_000_000 : 1_000_000);
      Reply reply = hear(dialogue, broadcast(sent), sent + delay);
      assertHoldsTheTruth(reply);
      sent += INTERVAL;
    }
  }

  @Test
  void shouldMeasureNothingWhenTheVolleyIsNotOver() {
    BroadcastDialogue dialogue = listener();
    assertInstanceOf(Reply.Heard.class, hear(dialogue, broadcast(now), now + 1));
    assertTrue(dialogue.isAsking(end.tick(now)));
  }

  @Test
  void shouldRefuseWhenBroadcastIsRepeatedReplayedOrTooEarly() {
    BroadcastDialogue dialogue = taught();
    NtpPacket old = broadcast(now + 10);
    long t = now + INTERVAL;
    NtpPacket first = broadcast(t);
    assertHoldsTheTruth(hear(dialogue, first, t + End.MILLI));
    assertStray(Rejection.DUPLICATE, hear(dialogue, first, t + 2 * End.MILLI)); // TEST1
    assertStray(Rejection.DUPLICATE, hear(dialogue, first, t + INTERVAL));
    assertStray(Rejection.STALE, hear(dialogue, old, t + INTERVAL));
    NtpPacket early = broadcast(t + INTERVAL / 3);
    assertStray(Rejection.RATE_LIMITED, hear(dialogue, early, t + INTERVAL / 3));
    NtpPacket zero = Packets.of(NtpPacket.MODE_BROADCAST, 0, 0, 0);
    assertStray(Rejection.BAD_STAMPS, hear(dialogue, zero, t + INTERVAL)); // TEST3
    assertHoldsTheTruth(hear(dialogue, broadcast(t + INTERVAL), t + INTERVAL + End.MILLI));
  }

  @Test
  void shouldRefuseWhenServerHasNoTime() {
    BroadcastDialogue dialogue = taught();
    NtpPacket packet = Packets.with(broadcast(now + INTERVAL), 3, 2, "GPS"); // TEST6
    assertRefused(Rejection.PEER_UNSYNCHRONIZED, hear(dialogue, packet, now + INTERVAL));
  }

  @Test
  void shouldAskAgainWhenBroadcastsContradictTheVolley() {
    BroadcastDialogue dialogue = taught();
    remote.err(End.SECOND);
    long t = now;
    for (int i = 1; i <= 4; i++) {
      assertFalse(dialogue.isAsking(end.tick(now)));
      Reply reply = hear(dialogue, broadcast(t + i * INTERVAL), t + i * INTERVAL + End.MILLI);
      assertRefused(Rejection.INCONSISTENT, reply);
    }
    teach(dialogue);
    long after = now + INTERVAL;
    assertInstanceOf(
        Reply.Good.class, hear(dialogue, broadcast(after), after + End.MILLI)); // by its new time
  }

  @Test
  void shouldRefuseWhenBroadcastWasHeldBackTooLong() {
    BroadcastDialogue dialogue = taught();
    NtpPacket packet = broadcast(now + INTERVAL);
    assertRefused(
        Rejection.DISTANCE_TOO_LARGE, hear(dialogue, packet, now + INTERVAL + 3 * End.SECOND));
    NtpPacket absurd =
        Packets.withPoll(
            Packets.of(
                NtpPacket.MODE_BROADCAST,
                0,
                0,
                NtpTimestamp.ofEpochNanos(remote.says(now)) - ((60L * 365 * 86_400) << 32)),
            POLL);
    assertRefused(Rejection.INCONSISTENT, hear(dialogue, absurd, now + INTERVAL));
  }

  @Test
  void shouldAskAgainWhenTheVolleyIsOldOrForgotten() {
    BroadcastDialogue dialogue = taught();
    assertTrue(dialogue.isAsking(end.tick(now + 3_601 * End.SECOND)));
    assertFalse(dialogue.isAsking(end.tick(now + 3_500 * End.SECOND)));
    dialogue.forget();
    assertTrue(dialogue.isAsking(end.tick(now)));
  }

  @Test
  void shouldTakeOnlySealedBroadcastsWhenThereIsAKey() {
    assertThrows(
        IllegalArgumentException.class,
        () -> BroadcastDialogue.sealed(DialogueConfig.open(SERVER, Wire.DEFAULT, CHECK), random));
    Wire wire = Wire.DEFAULT.withKeyId(Packets.KEY);
    BroadcastDialogue dialogue =
        BroadcastDialogue.sealed(new DialogueConfig(SERVER, wire, Packets.KEYS, CHECK), random);
    NtpPacket packet = broadcast(now);
    assertStray(Rejection.NOT_AUTHENTICATED, hear(dialogue, packet, now)); // TEST5
    ByteBuffer forged = Packets.sealed(packet, Packets.FALSE_KEYS, Packets.KEY);
    assertStray(Rejection.BAD_AUTHENTICATION, dialogue.accept(end.at(now), forged));
    ByteBuffer sealed = Packets.sealed(packet, Packets.KEYS, Packets.KEY);
    assertInstanceOf(Reply.Heard.class, dialogue.accept(end.at(now), sealed));
    assertEquals(NtpCodec.HEADER_LENGTH + 20, dialogue.next(1, end.at(now)).remaining());
  }
}
