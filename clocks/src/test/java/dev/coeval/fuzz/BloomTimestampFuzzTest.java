package dev.coeval.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coeval.logical.approximate.BloomTimestamp;
import dev.coeval.logical.approximate.BloomTimestampCodec;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes and text that may be the stamp of a Bloom clock. */
class BloomTimestampFuzzTest {

  static Stream<byte[]> seeds() {
    return Stream.of(BloomTimestamp.of(0, 0), BloomTimestamp.of(3, 300, 0, Long.MAX_VALUE))
        .flatMap(
            value ->
                Stream.of(
                    RoundTrip.bytes(
                        value, BloomTimestampCodec::encodedLength, BloomTimestampCodec::encode),
                    RoundTrip.text(value)));
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldReadValueOrRefuseWhenInputIsArbitrary(byte[] data) {
    RoundTrip.of(
        data,
        BloomTimestampCodec::decode,
        BloomTimestampCodec::encodedLength,
        BloomTimestampCodec::encode);
    RoundTrip.ofText(data, BloomTimestamp::parse);
  }
}
