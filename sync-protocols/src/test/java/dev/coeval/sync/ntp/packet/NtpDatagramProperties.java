package dev.coeval.sync.ntp.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.wire.Decoded;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Datagrams that are written as they were read, and read as a careful sender meant them. */
final class NtpDatagramProperties {

  private static final int HEADER = NtpCodec.HEADER_LENGTH;

  /** A trailer as its sender means it. */
  private record Meant(List<Integer> fields, int macLength, int keyId) {}

  /** Words of which many could be the head of a field, and lengths of every kind. */
  @Provide
  Arbitrary<byte[]> trailers() {
    Arbitrary<Integer> words =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.integers().between(0, 30).map(i -> 0x0104_0000 | (i * 4))),
            Tuple.of(1, Arbitraries.integers()));
    return words
        .list()
        .ofMaxSize(40)
        .map(
            list -> {
              ByteBuffer bytes = ByteBuffer.allocate(list.size() * Integer.BYTES);
              list.forEach(bytes::putInt);
              return bytes.array();
            });
  }

  @Provide
  Arbitrary<Meant> meant() {
    Arbitrary<List<Integer>> fields =
        Arbitraries.integers().between(4, 30).map(i -> i * 4).list().ofMaxSize(6);
    Arbitrary<Integer> macs = Arbitraries.of(0, 4, 20, 24, 36, 52, 68);
    Arbitrary<Integer> keys =
        Arbitraries.oneOf(Arbitraries.integers(), Arbitraries.integers().between(1, 100));
    return Combinators.combine(fields, macs, keys).as(Meant::new).filter(this::isCareful);
  }

  /** What RFC 7822 asks of a sender, and a key number that looks like no field. */
  private boolean isCareful(Meant meant) {
    int last = meant.fields.isEmpty() ? 28 : meant.fields.get(meant.fields.size() - 1);
    boolean longCode = meant.macLength > 24;
    int low = meant.keyId & 0xFFFF;
    return (meant.macLength > 0 || last >= 28)
        && (!longCode || low < 16 || low % 4 != 0 || meant.keyId >>> 16 == 0)
        // a NAK behind a field of 16 or 20 octets makes 20 or 24 of them
        && !(meant.macLength == 4 && (last == 16 || last == 20));
  }

  @Property
  void shouldWriteTheSameBytesWhenAnythingIsRead(
      @ForAll("trailers") byte[] trailer, @ForAll byte firstByte) {
    byte[] bytes = new byte[HEADER + trailer.length];
    bytes[0] = firstByte;
    System.arraycopy(trailer, 0, bytes, HEADER, trailer.length);
    Decoded<NtpDatagram> decoded = NtpDatagram.parse(ByteBuffer.wrap(bytes));
    int covered = NtpCodec.authenticatedLength(ByteBuffer.wrap(bytes));
    assertEquals(covered == NtpCodec.NOT_WELL_FORMED, decoded instanceof Decoded.Refused);
    if (decoded instanceof Decoded.Value<NtpDatagram> good) {
      NtpDatagram datagram = good.value();
      ByteBuffer written = ByteBuffer.allocate(datagram.length());
      datagram.encode(written);
      assertArrayEquals(bytes, written.array());
      assertEquals(covered, datagram.authenticatedLength());
      assertEquals(bytes.length - covered, datagram.macLength());
      assertTrue(covered >= HEADER);
    }
  }

  @Property
  void shouldBeReadAsMeantWhenSenderWasCareful(@ForAll("meant") Meant meant) {
    ByteBuffer bytes = ByteBuffer.allocate(NtpCodec.MAX_LENGTH);
    bytes.put(0, NtpCodec.firstByte(0, 4, 3)).position(HEADER);
    int type = 0x1000;
    for (int length : meant.fields) {
      byte[] body = new byte[length - 4];
      Arrays.fill(body, (byte) type);
      bytes.putShort((short) type++).putShort((short) length).put(body);
    }
    int covered = bytes.position();
    if (meant.macLength > 0) {
      bytes.putInt(meant.macLength == 4 ? 0 : meant.keyId);
      bytes.put(new byte[meant.macLength - 4]);
    }
    NtpDatagram datagram = ((Decoded.Value<NtpDatagram>) NtpDatagram.parse(bytes.flip())).value();
    List<Integer> lengths = new ArrayList<>();
    datagram.extensions().forEach(field -> lengths.add(field.length()));
    assertEquals(meant.fields, lengths);
    assertEquals(meant.macLength, datagram.macLength());
    assertEquals(covered, datagram.authenticatedLength());
    if (meant.macLength > 4) {
      assertEquals(meant.keyId, datagram.keyId());
    }
    assertEquals(meant.macLength == 4, datagram.isCryptoNak());
  }
}
