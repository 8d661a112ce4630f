package dev.coeval.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coeval.logical.approximate.PlausibleTimestamp;
import dev.coeval.logical.approximate.PlausibleTimestampCodec;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes and text that may be a plausible stamp. */
class PlausibleTimestampFuzzTest {

  static Stream<byte[]> seeds() {
    return Stream.of(
            PlausibleTimestamp.of(0, 0, 0), PlausibleTimestamp.of(2, 3, 300, Long.MAX_VALUE))
        .flatMap(
            value ->
                Stream.of(
                    RoundTrip.bytes(
                        value,
                        PlausibleTimestampCodec::encodedLength,
                        PlausibleTimestampCodec::encode),
                    RoundTrip.text(value)));
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldReadValueOrRefuseWhenInputIsArbitrary(byte[] data) {
    RoundTrip.of(
        data,
        PlausibleTimestampCodec::decode,
        PlausibleTimestampCodec::encodedLength,
        PlausibleTimestampCodec::encode);
    RoundTrip.ofText(data, PlausibleTimestamp::parse);
  }
}
