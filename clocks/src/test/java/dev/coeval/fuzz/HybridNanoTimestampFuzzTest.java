package dev.coeval.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coeval.logical.hybrid.HybridNanoTimestamp;
import dev.coeval.logical.hybrid.HybridNanoTimestampCodec;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes and text that may be a hybrid stamp in nanoseconds. */
class HybridNanoTimestampFuzzTest {

  static Stream<byte[]> seeds() {
    return Stream.of(HybridNanoTimestamp.MIN, HybridNanoTimestamp.of(Long.MAX_VALUE, 7))
        .flatMap(
            value ->
                Stream.of(
                    RoundTrip.bytes(
                        value,
                        HybridNanoTimestampCodec::encodedLength,
                        HybridNanoTimestampCodec::encode),
                    RoundTrip.text(value)));
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldReadValueOrRefuseWhenInputIsArbitrary(byte[] data) {
    RoundTrip.of(
        data,
        HybridNanoTimestampCodec::decode,
        HybridNanoTimestampCodec::encodedLength,
        HybridNanoTimestampCodec::encode);
    RoundTrip.ofText(data, HybridNanoTimestamp::parse);
  }
}
