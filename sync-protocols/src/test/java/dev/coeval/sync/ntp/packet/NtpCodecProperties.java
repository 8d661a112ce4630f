package dev.coeval.sync.ntp.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coeval.sync.measure.Rejection;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** The codec on bytes that nobody made with care. */
final class NtpCodecProperties {

  @Property
  void shouldWriteTheSameBytesWhenAnyHeaderIsRead(@ForAll @Size(48) byte[] header) {
    ByteBuffer written = ByteBuffer.allocate(NtpCodec.HEADER_LENGTH);
    NtpCodec.encode(NtpCodec.decode(ByteBuffer.wrap(header)), written);
    assertArrayEquals(header, written.array());
  }

  @Property
  void shouldGiveAnAnswerWhenBytesAreArbitrary(@ForAll @Size(max = 300) byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    Rejection rejection = NtpCodec.check(buffer);
    assertEquals(bytes.length < NtpCodec.HEADER_LENGTH, rejection == Rejection.TOO_SHORT);
    assertEquals(0, buffer.position());
    if (bytes.length > NtpCodec.HEADER_LENGTH && bytes.length % 4 != 0) {
      assertEquals(Rejection.MALFORMED, rejection);
    }
  }

  @Property
  void shouldSayTheSameWhereverInItsBufferThePacketLies(@ForAll @Size(max = 200) byte[] bytes) {
    ByteBuffer shifted = ByteBuffer.allocate(bytes.length + 7);
    Arrays.fill(shifted.array(), (byte) 0x55);
    shifted.position(3).limit(3 + bytes.length);
    shifted.duplicate().put(bytes);
    assertEquals(NtpCodec.check(ByteBuffer.wrap(bytes)), NtpCodec.check(shifted));
  }
}
