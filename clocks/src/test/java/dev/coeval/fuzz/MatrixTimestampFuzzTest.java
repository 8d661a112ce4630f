package dev.coeval.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coeval.logical.matrix.MatrixClock;
import dev.coeval.logical.matrix.MatrixTimestamp;
import dev.coeval.logical.matrix.MatrixTimestampCodec;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that may be the stamp of a matrix clock. */
class MatrixTimestampFuzzTest {
  private static Stream<MatrixTimestamp> stamps() {
    MatrixClock a = MatrixClock.of("a");
    MatrixClock b = MatrixClock.of("b");
    return Stream.of(a.latest(), a.tick(), b.receive(a.tick()), a.receive(b.tick()));
  }

  static Stream<byte[]> seeds() {
    return stamps()
        .map(
            value ->
                RoundTrip.bytes(
                    value, MatrixTimestampCodec::encodedLength, MatrixTimestampCodec::encode));
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldReadValueOrRefuseWhenInputIsArbitrary(byte[] data) {
    RoundTrip.of(
        data,
        MatrixTimestampCodec::decode,
        MatrixTimestampCodec::encodedLength,
        MatrixTimestampCodec::encode);
  }
}
