package dev.coeval.sync.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coeval.sync.ntp.packet.ExtensionField;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpDatagram;
import dev.coeval.sync.wire.Decoded;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that may be extension fields behind a good header of version 4. */
class ExtensionFieldFuzzTest {

  static Stream<byte[]> seeds() {
    return Stream.of(
        NtpDatagrams.trailer(28, 0x0204_001C),
        NtpDatagrams.trailer(16 + 20, 0x0104_0010),
        NtpDatagrams.trailer(16 + 36, 0x0104_0010, 1, 1, 1, 0x0000_0024),
        NtpDatagrams.trailer(68, 0x0104_0010, 1, 1, 1, 0x0104_0010, 1, 1, 1, 7));
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldReadFieldsOrRefuseWhenBytesAreArbitrary(byte[] data) {
    byte[] packet = NtpDatagrams.packet(4, data);
    NtpDatagrams.roundTrip(packet);
    if (NtpDatagram.parse(ByteBuffer.wrap(packet)) instanceof Decoded.Value<NtpDatagram> good) {
      List<ExtensionField> fields = good.value().extensions();
      int length = NtpDatagrams.HEADER;
      for (ExtensionField field : fields) {
        byte[] body = new byte[field.body().remaining()];
        field.body().get(body);
        assertEquals(field, ExtensionField.of(field.type(), body));
        length += field.length();
      }
      assertEquals(length, NtpCodec.authenticatedLength(ByteBuffer.wrap(packet)));
      if (!good.value().hasMac()) {
        assertEquals(good.value(), NtpDatagram.of(good.value().header(), fields));
      }
    }
  }
}
