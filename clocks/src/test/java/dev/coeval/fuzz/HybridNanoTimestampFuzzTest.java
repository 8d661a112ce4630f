package dev.coeval.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coeval.logical.hybrid.HybridNanoTimestamp;
import dev.coeval.logical.hybrid.HybridNanoTimestampCodec;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes and text that may be a hybrid stamp in nanoseconds. */
class HybridNanoTimestampFuzzTest {

  static Stream<byte[]> bytes() {
    return Stream.of(HybridNanoTimestamp.MIN, HybridNanoTimestamp.of(Long.MAX_VALUE, 7))
        .map(
            value ->
                RoundTrip.bytes(
                    value,
                    HybridNanoTimestampCodec::encodedLength,
                    HybridNanoTimestampCodec::encode));
  }

  @MethodSource("bytes")
  @FuzzTest
  void shouldReadValueOrRefuseWhenBytesAreArbitrary(byte[] data) {
    RoundTrip.of(
        data,
        HybridNanoTimestampCodec::decode,
        HybridNanoTimestampCodec::encodedLength,
        HybridNanoTimestampCodec::encode);
  }

  static Stream<byte[]> texts() {
    return Stream.of(HybridNanoTimestamp.MIN, HybridNanoTimestamp.of(Long.MAX_VALUE, 7))
        .map(RoundTrip::text);
  }

  @MethodSource("texts")
  @FuzzTest
  void shouldReadValueOrRefuseWhenTextIsArbitrary(byte[] data) {
    RoundTrip.ofText(data, HybridNanoTimestamp::parse);
  }
}
