package dev.coeval.sync.order.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.causal.BroadcastStamp;
import dev.coeval.logical.vector.VectorTimestamp;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.order.broadcast.GroupMessage.Ask;
import dev.coeval.sync.order.broadcast.GroupMessage.Entry;
import dev.coeval.sync.order.broadcast.GroupMessage.Pull;
import dev.coeval.sync.order.broadcast.GroupMessage.Refusal;
import dev.coeval.sync.order.broadcast.GroupMessage.Report;
import dev.coeval.sync.order.broadcast.GroupMessage.Spread;
import dev.coeval.sync.order.broadcast.GroupMessage.Stance;
import dev.coeval.sync.order.broadcast.GroupMessage.Welcome;
import dev.coeval.sync.order.link.Links;
import dev.coeval.sync.wire.Decoded;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The bytes of every message, frozen, and the reasons for which others are refused. */
final class GroupCodecTest {
  private static final PeerId PEER = PeerId.simulated(2); // 10.0.0.2, port 123
  private static final BroadcastStamp STAMP =
      new BroadcastStamp("a", VectorTimestamp.of(Map.of("a", 3L, "b", 300L)));

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }

  private static String hex(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return HexFormat.of().formatHex(copy);
  }

  private static void assertFrozen(String hex, GroupMessage message) {
    assertEquals(hex, hex(GroupCodec.encode(message)));
    assertEquals(Decoded.of(message), GroupCodec.decode(bytes(hex)));
  }

  private static void assertFrozen(String hex, Content content) {
    Cast cast = GroupCodec.cast(STAMP, 200, content).orElseThrow();
    assertFrozen(hex, new Spread(cast));
    assertEquals(200, cast.place().counter());
    assertEquals("a", cast.place().nodeId());
  }

  private static void assertRefused(Rejection reason, String hex) {
    assertEquals(Decoded.refused(reason), GroupCodec.decode(bytes(hex)), hex);
  }

  @Test
  void shouldWriteAndReadTheFrozenBytesWhenMessageIsBroadcast() {
    String stamp = "01" + "c801" + STAMP_HEX;
    assertFrozen(stamp + "00" + "cafe", new Content.Payload(bytes("cafe")));
    assertFrozen(stamp + "00", new Content.Payload(bytes("")));
    assertFrozen(stamp + "01" + "0178" + "040a000002007b", new Content.Join("x", PEER));
    assertFrozen(stamp + "02", new Content.Leave());
  }

  private static final String STAMP_HEX = "79" + "0161" + "03" + "01" + "0162" + "ac02";

  @Test
  void shouldWriteAndReadTheFrozenBytesWhenMessageIsAboutTheGroup() {
    VectorTimestamp counts = VectorTimestamp.of(Map.of("a", 3L, "b", 300L));
    assertFrozen(
        "02" + "0161" + "c801" + "02" + "016103" + "0162ac02", new Report("a", 200, counts));
    assertFrozen("02" + "0161" + "00" + "00", new Report("a", 0, VectorTimestamp.empty()));
    assertFrozen("03" + "0162" + "ffffffffffffffff7f", new Pull("b", Long.MAX_VALUE));
    assertFrozen("04" + "02c3bc", new Ask("\u00fc"));
    assertFrozen("06" + "0161", new Refusal("a"));
    List<Entry> entries =
        List.of(
            new Entry("a", 3, Long.MAX_VALUE, false, PEER),
            new Entry("b", 4, Long.MAX_VALUE, false, null),
            new Entry("c", 5, 6, true, null));
    assertFrozen(
        "05"
            + "0178"
            + "07"
            + "01"
            + "0161"
            + "03"
            + "ffffffffffffffff7f"
            + "01"
            + "040a000002007b"
            + "0162"
            + "04"
            + "ffffffffffffffff7f"
            + "00"
            + "0163"
            + "05"
            + "06"
            + "02",
        new Welcome("x", 7, true, entries));
    assertFrozen(
        "07" + "0161" + "01" + "02" + "016100" + "016200" + "01" + "016309" + "01" + "016408",
        new Stance("a", true, Set.of("a", "b"), Map.of("c", 9L), Map.of("d", 8L)));
  }

  @Test
  void shouldRefuseWithReasonWhenMessageCannotBe() {
    assertRefused(Rejection.TOO_SHORT, "");
    assertRefused(Rejection.UNEXPECTED_TYPE, "00");
    assertRefused(Rejection.UNEXPECTED_TYPE, "08");
    assertRefused(Rejection.UNEXPECTED_TYPE, "01" + "c801" + STAMP_HEX + "03");
    assertRefused(Rejection.TOO_SHORT, "01" + "c801" + STAMP_HEX);
    assertRefused(Rejection.TOO_LONG, "01" + "c801" + STAMP_HEX + "02" + "00");
    assertRefused(Rejection.TOO_SHORT, "04" + "0261");
    assertRefused(Rejection.TOO_LONG, "04" + "016100");
    assertRefused(Rejection.MALFORMED, "04" + "00");
    assertRefused(Rejection.MALFORMED, "04" + "1a" + "61".repeat(26));
    assertRefused(Rejection.MALFORMED, "04" + "ff" + "61".repeat(255));
    assertRefused(Rejection.MALFORMED, "04" + "02c328"); // no UTF-8
    assertRefused(Rejection.MALFORMED, "03" + "0161" + "80".repeat(9) + "01"); // 64 bits
    assertRefused(Rejection.MALFORMED, "02" + "0161" + "00" + "02" + "016201" + "016101"); // order
    assertRefused(Rejection.MALFORMED, "02" + "0161" + "00" + "02" + "016101" + "016101"); // twice
    assertRefused(Rejection.MALFORMED, "05" + "0178" + "07" + "02"); // flags
    assertRefused(Rejection.MALFORMED, "05" + "0178" + "07" + "01" + "0161" + "03" + "03" + "04");
    String join = "01" + "c801" + STAMP_HEX + "01" + "0178";
    assertRefused(Rejection.MALFORMED, join + "050a00000200007b"); // neither IPv4 nor IPv6
    assertRefused(Rejection.MALFORMED, join + "040a0000020000"); // port 0
    assertRefused(Rejection.MALFORMED, join + "0400000000007b"); // nowhere
    assertRefused(Rejection.MALFORMED, join + "04e0000001007b"); // multicast
    assertRefused(Rejection.TOO_SHORT, join + "040a00");
  }

  @Test
  void shouldTakeWhatFitsAndNothingLongerWhenPayloadIsLong() {
    int rest = 2;
    while (GroupCodec.cast(STAMP, 200, payload(rest)).isPresent()) {
      rest++;
    }
    Cast longest = GroupCodec.cast(STAMP, 200, payload(rest - 1)).orElseThrow();
    assertEquals(Links.MAX_MESSAGE_BYTES, longest.bytes().remaining());
    assertTrue(GroupCodec.cast(STAMP, 200, payload(Links.MAX_MESSAGE_BYTES + 1)).isEmpty());
    assertTrue(GroupCodec.cast(STAMP, 200, payload(100 * Links.MAX_MESSAGE_BYTES)).isEmpty());
  }

  private static Content payload(int length) {
    return new Content.Payload(ByteBuffer.allocate(length));
  }

  /** Every name as long as it may be, and as many as there may be. */
  @Test
  void shouldFitIntoOneDatagramEachWhenGroupIsAsLargeAsMayBe() {
    String name = "n".repeat(Names.MAX_ACTOR_BYTES - 2);
    List<Entry> entries = new ArrayList<>();
    java.util.TreeMap<String, Long> counts = new java.util.TreeMap<>();
    for (int i = 10; i < 10 + Group.MAX_NAMED; i++) {
      counts.put(name + i, Long.MAX_VALUE - 1);
      entries.add(new Entry(name + i, Long.MAX_VALUE, Long.MAX_VALUE, false, PEER));
    }
    Report report = new Report(name, Long.MAX_VALUE, VectorTimestamp.of(counts));
    assertEquals(Decoded.of(report), GroupCodec.decode(GroupCodec.encode(report)));
    List<Entry> read = new ArrayList<>();
    List<Welcome> parts = GroupCodec.welcome(name, Long.MAX_VALUE, entries);
    for (Welcome part : parts) {
      assertEquals(Decoded.of(part), GroupCodec.decode(GroupCodec.encode(part)));
      assertEquals(read.size() + part.entries().size() == entries.size(), part.isLast());
      read.addAll(part.entries());
    }
    assertEquals(entries, read);
  }
}
