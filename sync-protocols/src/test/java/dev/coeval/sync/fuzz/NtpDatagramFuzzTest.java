package dev.coeval.sync.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that may be a datagram of NTP. */
class NtpDatagramFuzzTest {

  static Stream<byte[]> seeds() {
    return Stream.of(
        NtpDatagrams.packet(4, new byte[0]),
        NtpDatagrams.packet(4, NtpDatagrams.trailer(4, 0)),
        NtpDatagrams.packet(4, NtpDatagrams.trailer(20, 5)),
        NtpDatagrams.packet(3, NtpDatagrams.trailer(68, 5)),
        NtpDatagrams.packet(4, NtpDatagrams.trailer(28 + 24, 0x0104_001C)));
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldReadDatagramOrRefuseWhenBytesAreArbitrary(byte[] data) {
    NtpDatagrams.roundTrip(data);
  }
}
