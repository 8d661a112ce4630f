package dev.coeval.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coeval.logical.lamport.LamportTimestamp;
import dev.coeval.logical.lamport.LamportTimestampCodec;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes and text that may be a Lamport stamp. */
class LamportTimestampFuzzTest {

  static Stream<byte[]> seeds() {
    return Stream.of(new LamportTimestamp(0, "a"), new LamportTimestamp(Long.MAX_VALUE, "node-ü"))
        .flatMap(
            value ->
                Stream.of(
                    RoundTrip.bytes(
                        value, LamportTimestampCodec::encodedLength, LamportTimestampCodec::encode),
                    RoundTrip.text(value)));
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldReadValueOrRefuseWhenInputIsArbitrary(byte[] data) {
    RoundTrip.of(
        data,
        LamportTimestampCodec::decode,
        LamportTimestampCodec::encodedLength,
        LamportTimestampCodec::encode);
    RoundTrip.ofText(data, LamportTimestamp::parse);
  }
}
