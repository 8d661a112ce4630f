package dev.coeval.logical.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import dev.coeval.logical.bytes.StampKind;
import dev.coeval.logical.bytes.StampOutput;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A channel that loses, repeats and reorders, between sides that restart. */
final class DeltaChannelProperties {

  private static final int STEPS = 400;
  private static final int DISTANCE_AT = 3;

  /** What is under way: the bytes, and the stamp that was meant. */
  private record Message(ByteBuffer bytes, VectorTimestamp meant) {}

  /** Both sides and all that is under way in both directions; nothing is ever taken out. */
  private static final class Channel {

    private final Random random;
    private final List<Message> messages = new ArrayList<>();
    private final List<DeltaAck> acks = new ArrayList<>();
    private int restarts;
    private int understood;
    private int deltas;
    private DeltaSender sender = DeltaSender.of(0);
    private DeltaReceiver receiver = DeltaReceiver.of(0);
    private VectorTimestamp stamp = VectorTimestamp.empty();

    Channel(long seed) {
      this.random = new Random(seed);
    }

    void step() {
      int choice = random.nextInt(100);
      if (choice < 40) {
        change();
        messages.add(new Message(ByteBuffer.wrap(sender.toBytes(stamp)), stamp));
      } else if (choice < 75 && !messages.isEmpty()) {
        deliver(messages.get(lately(messages.size())));
      } else if (choice < 97 && !acks.isEmpty()) {
        sender.acknowledged(acks.get(lately(acks.size())));
      } else if (choice == 97) {
        sender = DeltaSender.of(++restarts);
      } else if (choice == 98) {
        receiver = DeltaReceiver.of(++restarts);
      }
    }

    /** One of the last few, seldom one of all. */
    private int lately(int size) {
      int most = random.nextInt(10) == 0 ? size : Math.min(size, 4);
      return size - 1 - random.nextInt(most);
    }

    private void change() {
      String actor = "a" + random.nextInt(8);
      switch (random.nextInt(12)) {
        case 0 -> stamp = stamp.prune(actor);
        case 1 -> stamp = stamp.retire(actor);
        case 2 -> {}
        default -> {
          if (!stamp.pruned().contains(actor)) {
            stamp = stamp.increment(actor).merge(VectorTimestamp.of(Map.of("b" + actor, 300L)));
          }
        }
      }
    }

    private void deliver(Message message) {
      ByteBuffer buffer = message.bytes.duplicate();
      Optional<VectorTimestamp> read = receiver.decode(buffer);
      assertEquals(0, buffer.remaining());
      read.ifPresent(was -> assertEquals(message.meant, was));
      understood += read.isPresent() ? 1 : 0;
      deltas += read.isPresent() && message.bytes.get(DISTANCE_AT) != 0 ? 1 : 0;
      acks.add(receiver.acknowledgement());
    }
  }

  @Property(tries = 300)
  void shouldGiveTheTrueStampOrNoneWhenTheChannelIsBad(@ForAll long seed) {
    Channel channel = new Channel(seed);
    for (int i = 0; i < STEPS; i++) {
      channel.step();
    }
    // Once messages and acknowledgements get through, every stamp does, as a delta.
    for (int i = 0; i < 3; i++) {
      channel.acks.add(channel.receiver.acknowledgement());
      channel.sender.acknowledged(channel.acks.get(channel.acks.size() - 1));
      channel.stamp = channel.stamp.increment("fresh");
      Message message =
          new Message(ByteBuffer.wrap(channel.sender.toBytes(channel.stamp)), channel.stamp);
      int before = channel.understood;
      channel.deliver(message);
      assertTrue(i == 0 || channel.understood == before + 1, "seed " + seed);
      assertTrue(i < 2 || message.bytes.limit() < 12, "a delta, seed " + seed);
    }
  }

  /** The simulation above would prove little if deltas were rare in it. */
  @Example
  void shouldReadManyDeltasWhenTheChannelIsBad() {
    int deltas = 0;
    for (int seed = 0; seed < 20; seed++) {
      Channel channel = new Channel(seed);
      for (int i = 0; i < STEPS; i++) {
        channel.step();
      }
      deltas += channel.deltas;
    }
    assertTrue(deltas > 20 * 20, "deltas: " + deltas);
  }

  @Provide
  Arbitrary<VectorTimestamp> stamps() {
    return VectorStamps.any();
  }

  @Property(tries = 500)
  void shouldGiveTheLaterStampWhenBothAreArbitrary(
      @ForAll("stamps") VectorTimestamp base, @ForAll("stamps") VectorTimestamp other) {
    for (VectorTimestamp later : List.of(other, base.merge(other), base)) {
      DeltaSender sender = DeltaSender.of(7);
      DeltaReceiver receiver = DeltaReceiver.of(5);
      assertEquals(Optional.of(base), receiver.decode(ByteBuffer.wrap(sender.toBytes(base))));
      sender.acknowledged(receiver.acknowledgement());
      byte[] bytes = sender.toBytes(later);
      boolean grown =
          base.pruned().equals(later.pruned())
              && base.toMap().entrySet().stream()
                  .allMatch(e -> e.getValue() <= later.count(e.getKey()));
      assertEquals(grown ? 1 : 0, bytes[DISTANCE_AT]);
      assertEquals(Optional.of(later), receiver.decode(ByteBuffer.wrap(bytes)));
    }
  }

  @Property(tries = 500)
  void shouldGiveAStampOrNoneOrOneExceptionWhenBytesAreBent(
      @ForAll("stamps") VectorTimestamp base,
      @ForAll("stamps") VectorTimestamp other,
      @ForAll int place,
      @ForAll byte bits) {
    DeltaSender sender = DeltaSender.of(7);
    DeltaReceiver receiver = DeltaReceiver.of(5);
    receiver.decode(ByteBuffer.wrap(sender.toBytes(base)));
    sender.acknowledged(receiver.acknowledgement());
    byte[] bytes = sender.toBytes(base.merge(other));
    decode(receiver, Arrays.copyOf(bytes, Math.floorMod(place, bytes.length)));
    bytes[Math.floorMod(place, bytes.length)] ^= bits;
    decode(receiver, bytes);
  }

  private static void decode(DeltaReceiver receiver, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      receiver.decode(buffer);
      assertTrue(buffer.position() > 0);
    } catch (StampFormatException malformed) {
      assertEquals(0, buffer.position());
    }
  }

  @Example
  void shouldWriteTheseBytesWhenAskedAtAnyTime() {
    DeltaSender sender = DeltaSender.of(300);
    VectorTimestamp base = VectorTimestamp.of(Map.of("a", 1L, "b", 2L, "c", 3L));
    String full = "31" + "ac02" + "01" + "00" + "06" + "016101" + "016202" + "016303";
    assertEquals(full, HexFormat.of().formatHex(sender.toBytes(base)));
    sender.acknowledged(new DeltaAck(300, 0, 1));
    VectorTimestamp later = VectorTimestamp.of(Map.of("a", 2L, "aa", 5L, "b", 2L, "c", 303L));
    String delta = "31" + "ac02" + "02" + "01" + "02" + "0001" + "01ac02" + "01" + "02616105";
    assertEquals(delta, HexFormat.of().formatHex(sender.toBytes(later)));
    DeltaReceiver receiver = DeltaReceiver.of(0);
    receiver.decode(ByteBuffer.wrap(HexFormat.of().parseHex(full)));
    assertEquals(
        Optional.of(later), receiver.decode(ByteBuffer.wrap(HexFormat.of().parseHex(delta))));
  }

  private static void refused(Reason reason, String hex) {
    DeltaReceiver receiver = DeltaReceiver.of(0);
    receiver.decode(ByteBuffer.wrap(HexFormat.of().parseHex("3100010004" + "016101" + "016202")));
    DeltaAck before = receiver.acknowledgement();
    ByteBuffer buffer = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    StampFormatException refused =
        assertThrows(StampFormatException.class, () -> receiver.decode(buffer), hex);
    assertEquals(reason, refused.reason(), hex);
    assertEquals(0, buffer.position());
    assertEquals(before, receiver.acknowledgement());
  }

  @Example
  void shouldReadTheLastMessageThereCanBeWhenSomebodyWritesIt() {
    DeltaReceiver receiver = DeltaReceiver.of(1);
    VectorTimestamp stamp = VectorTimestamp.of(Map.of("a", 1L));
    for (long sequence : new long[] {Long.MAX_VALUE - 1, Long.MAX_VALUE}) {
      ByteBuffer bytes = ByteBuffer.allocate(64);
      StampOutput.header(StampKind.VECTOR_DELTA, bytes);
      StampOutput.varint(7, bytes);
      StampOutput.varint(sequence, bytes);
      StampOutput.varint(0, bytes);
      VectorTimestampCodec.encodeBody(stamp, bytes);
      assertEquals(Optional.of(stamp), receiver.decode(bytes.flip()));
      assertEquals(sequence, receiver.acknowledgement().sequence());
    }
  }

  @Example
  void shouldRefuseWhenBytesAreNotHowADeltaIsWritten() {
    refused(Reason.WRONG_KIND, "2100");
    refused(Reason.TRUNCATED, "31000201");
    refused(Reason.OUT_OF_RANGE, "310000" + "00" + "00");
    refused(Reason.OUT_OF_RANGE, "310002" + "02" + "0000");
    refused(Reason.OUT_OF_RANGE, "31007f" + "40" + "0000");
    refused(Reason.NOT_CANONICAL, "310002" + "01" + "010000" + "00");
    refused(Reason.OUT_OF_RANGE, "310002" + "01" + "010201" + "00");
    refused(Reason.OUT_OF_RANGE, "310002" + "01" + "01ffffffffffffffff7f01" + "00");
    refused(Reason.OUT_OF_RANGE, "310002" + "01" + "0100ffffffffffffffff7f" + "00");
    refused(Reason.NOT_CANONICAL, "310002" + "01" + "00" + "01" + "016101");
    refused(Reason.NOT_CANONICAL, "310002" + "01" + "00" + "01" + "016300");
    refused(Reason.NOT_CANONICAL, "310002" + "01" + "00" + "02" + "016401" + "016301");
    refused(Reason.TRUNCATED, "310002" + "01" + "ffff03" + "0001");
    refused(Reason.TOO_LARGE, "310002" + "01" + "00" + "ffffff7f");
  }

  @Example
  void shouldWriteAllAgainWhenTheReceiverForgot() {
    DeltaSender sender = DeltaSender.of(1);
    DeltaReceiver old = DeltaReceiver.of(1);
    VectorTimestamp stamp = VectorTimestamp.of(Map.of("a", 1L));
    old.decode(ByteBuffer.wrap(sender.toBytes(stamp)));
    sender.acknowledged(old.acknowledgement());
    DeltaReceiver restarted = DeltaReceiver.of(2);
    byte[] delta = sender.toBytes(stamp);
    assertEquals(Optional.empty(), restarted.decode(ByteBuffer.wrap(delta)));
    assertEquals(new DeltaAck(1, 2, 0), restarted.acknowledgement());
    sender.acknowledged(restarted.acknowledgement());
    sender.acknowledged(old.acknowledgement());
    assertEquals(Optional.of(stamp), restarted.decode(ByteBuffer.wrap(sender.toBytes(stamp))));
  }

  @Example
  void shouldWriteAllAgainWhenTheLastAcknowledgedIsTooOld() {
    DeltaSender sender = DeltaSender.of(1);
    DeltaReceiver receiver = DeltaReceiver.of(1);
    VectorTimestamp stamp = VectorTimestamp.of(Map.of("a", 1L));
    receiver.decode(ByteBuffer.wrap(sender.toBytes(stamp)));
    sender.acknowledged(receiver.acknowledgement());
    for (int i = 1; i < StampWindow.SIZE; i++) {
      assertEquals(i, sender.toBytes(stamp)[DISTANCE_AT]);
    }
    assertEquals(0, sender.toBytes(stamp)[DISTANCE_AT]);
    sender.acknowledged(new DeltaAck(1, 1, 65));
    assertEquals(1, sender.toBytes(stamp)[DISTANCE_AT]);
    sender.acknowledged(new DeltaAck(1, 1, 70));
    assertEquals(0, sender.toBytes(stamp)[DISTANCE_AT], "70 was never sent: build on nothing");
  }

  @Example
  void shouldBeAsItWasWhenThereIsNoRoom() {
    DeltaSender sender = DeltaSender.of(1);
    VectorTimestamp stamp = VectorTimestamp.of(Map.of("a", 1L));
    ByteBuffer small = ByteBuffer.allocate(7);
    assertThrows(BufferOverflowException.class, () -> sender.encode(stamp, small));
    assertEquals(0, small.position());
    ByteBuffer enough = ByteBuffer.allocate(8);
    sender.encode(stamp, enough);
    assertEquals("3101010002016101", HexFormat.of().formatHex(enough.array()));
    assertThrows(IllegalArgumentException.class, () -> DeltaSender.of(-1));
    assertThrows(IllegalArgumentException.class, () -> DeltaReceiver.of(-1));
    assertThrows(IllegalArgumentException.class, () -> new DeltaAck(0, 0, -1));
  }

  @Property(tries = 300)
  void shouldBeAsLongAsItSaysWhenWritten(
      @ForAll("stamps") VectorTimestamp stamp, @ForAll("stamps") VectorTimestamp other) {
    if (stamp.pruned().equals(other.pruned())) {
      VectorDelta delta = VectorDelta.between(stamp, stamp.merge(other));
      ByteBuffer bytes = ByteBuffer.allocate(20_000);
      Objects.requireNonNull(delta).encode(bytes);
      assertEquals(bytes.position(), delta.encodedLength());
    }
  }

  @Example
  void shouldBuildOnTheLatestWhenAcknowledgementsAreOvertaken() {
    DeltaSender sender = DeltaSender.of(1);
    VectorTimestamp stamp = VectorTimestamp.of(Map.of("a", 1L));
    for (int i = 0; i < 5; i++) {
      sender.toBytes(stamp);
    }
    sender.acknowledged(new DeltaAck(1, 0, 5));
    sender.acknowledged(new DeltaAck(1, 0, 3));
    assertEquals(1, sender.toBytes(stamp)[DISTANCE_AT]);
  }
}
