package dev.coeval.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coeval.logical.hybrid.HybridTimestamp;
import dev.coeval.logical.hybrid.HybridTimestampCodec;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes and text that may be a hybrid stamp. */
class HybridTimestampFuzzTest {

  static Stream<byte[]> bytes() {
    return Stream.of(HybridTimestamp.of(0, 0), HybridTimestamp.of(1_700_000_000_000L, 65_535))
        .map(
            value ->
                RoundTrip.bytes(
                    value, HybridTimestampCodec::encodedLength, HybridTimestampCodec::encode));
  }

  @MethodSource("bytes")
  @FuzzTest
  void shouldReadValueOrRefuseWhenBytesAreArbitrary(byte[] data) {
    RoundTrip.of(
        data,
        HybridTimestampCodec::decode,
        HybridTimestampCodec::encodedLength,
        HybridTimestampCodec::encode);
  }

  static Stream<byte[]> texts() {
    return Stream.of(HybridTimestamp.of(0, 0), HybridTimestamp.of(1_700_000_000_000L, 65_535))
        .map(RoundTrip::text);
  }

  @MethodSource("texts")
  @FuzzTest
  void shouldReadValueOrRefuseWhenTextIsArbitrary(byte[] data) {
    RoundTrip.ofText(data, HybridTimestamp::parse);
  }
}
