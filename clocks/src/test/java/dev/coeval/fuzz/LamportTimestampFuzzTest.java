package dev.coeval.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coeval.logical.lamport.LamportTimestamp;
import dev.coeval.logical.lamport.LamportTimestampCodec;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes and text that may be a Lamport stamp. */
class LamportTimestampFuzzTest {

  static Stream<byte[]> bytes() {
    return Stream.of(new LamportTimestamp(0, "a"), new LamportTimestamp(Long.MAX_VALUE, "node-ü"))
        .map(
            value ->
                RoundTrip.bytes(
                    value, LamportTimestampCodec::encodedLength, LamportTimestampCodec::encode));
  }

  @MethodSource("bytes")
  @FuzzTest
  void shouldReadValueOrRefuseWhenBytesAreArbitrary(byte[] data) {
    RoundTrip.of(
        data,
        LamportTimestampCodec::decode,
        LamportTimestampCodec::encodedLength,
        LamportTimestampCodec::encode);
  }

  static Stream<byte[]> texts() {
    return Stream.of(new LamportTimestamp(0, "a"), new LamportTimestamp(Long.MAX_VALUE, "node-ü"))
        .map(RoundTrip::text);
  }

  @MethodSource("texts")
  @FuzzTest
  void shouldReadValueOrRefuseWhenTextIsArbitrary(byte[] data) {
    RoundTrip.ofText(data, LamportTimestamp::parse);
  }
}
