package dev.coeval.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coeval.logical.hybrid.HybridTimestamp;
import dev.coeval.logical.hybrid.HybridTimestampCodec;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes and text that may be a hybrid stamp. */
class HybridTimestampFuzzTest {

  static Stream<byte[]> seeds() {
    return Stream.of(HybridTimestamp.of(0, 0), HybridTimestamp.of(1_700_000_000_000L, 65_535))
        .flatMap(
            value ->
                Stream.of(
                    RoundTrip.bytes(
                        value, HybridTimestampCodec::encodedLength, HybridTimestampCodec::encode),
                    RoundTrip.text(value)));
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldReadValueOrRefuseWhenInputIsArbitrary(byte[] data) {
    RoundTrip.of(
        data,
        HybridTimestampCodec::decode,
        HybridTimestampCodec::encodedLength,
        HybridTimestampCodec::encode);
    RoundTrip.ofText(data, HybridTimestamp::parse);
  }
}
