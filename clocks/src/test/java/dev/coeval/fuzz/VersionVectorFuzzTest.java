package dev.coeval.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coeval.logical.version.VersionVector;
import dev.coeval.logical.version.VersionVectorCodec;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes and text that may be a version vector. */
class VersionVectorFuzzTest {

  static Stream<byte[]> seeds() {
    return Stream.of(VersionVector.empty(), VersionVector.of(Map.of("a", 1L, "b", 300L)))
        .flatMap(
            value ->
                Stream.of(
                    RoundTrip.bytes(
                        value, VersionVectorCodec::encodedLength, VersionVectorCodec::encode),
                    RoundTrip.text(value)));
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldReadValueOrRefuseWhenInputIsArbitrary(byte[] data) {
    RoundTrip.of(
        data,
        VersionVectorCodec::decode,
        VersionVectorCodec::encodedLength,
        VersionVectorCodec::encode);
    RoundTrip.ofText(data, VersionVector::parse);
  }
}
