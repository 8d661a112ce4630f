package dev.coeval.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coeval.logical.version.Bytes;
import dev.coeval.logical.version.DottedVersionVectorSet;
import dev.coeval.logical.version.DottedVersionVectorSetCodec;
import dev.coeval.logical.version.VersionVector;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that may be a set of siblings. */
class DottedVersionVectorSetFuzzTest {
  private static Stream<DottedVersionVectorSet<Bytes>> stamps() {
    DottedVersionVectorSet<Bytes> none = DottedVersionVectorSet.empty();
    DottedVersionVectorSet<Bytes> one = none.put(VersionVector.empty(), "a", Bytes.of((byte) 7));
    return Stream.of(none, one, one.put(VersionVector.empty(), "b", Bytes.of((byte) 1, (byte) 2)));
  }

  static Stream<byte[]> seeds() {
    return stamps()
        .map(
            value ->
                RoundTrip.bytes(
                    value,
                    DottedVersionVectorSetCodec::encodedLength,
                    DottedVersionVectorSetCodec::encode));
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldReadValueOrRefuseWhenInputIsArbitrary(byte[] data) {
    RoundTrip.of(
        data,
        DottedVersionVectorSetCodec::decode,
        DottedVersionVectorSetCodec::encodedLength,
        DottedVersionVectorSetCodec::encode);
  }
}
