package dev.coeval.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coeval.logical.vector.ActorTable;
import dev.coeval.logical.vector.VectorTimestamp;
import dev.coeval.logical.vector.VectorTimestampCodec;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes and text that may be a vector stamp. */
class VectorTimestampFuzzTest {
  private static final ActorTable TABLE = ActorTable.of(List.of("c", "a", "b"));

  private static Stream<VectorTimestamp> stamps() {
    VectorTimestamp large = VectorTimestamp.of(Map.of("a", 1L, "b", Long.MAX_VALUE, "c", 300L));
    return Stream.of(
        VectorTimestamp.empty(), VectorTimestamp.of(Map.of("a", 1L)), large, large.prune("b"));
  }

  static Stream<byte[]> seeds() {
    return stamps()
        .flatMap(
            value ->
                Stream.of(
                    RoundTrip.bytes(
                        value, VectorTimestampCodec::encodedLength, VectorTimestampCodec::encode),
                    RoundTrip.bytes(
                        value,
                        stamp -> VectorTimestampCodec.encodedLength(stamp, TABLE),
                        (stamp, to) -> VectorTimestampCodec.encode(stamp, TABLE, to)),
                    RoundTrip.text(value)));
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldReadValueOrRefuseWhenInputIsArbitrary(byte[] data) {
    RoundTrip.of(
        data,
        VectorTimestampCodec::decode,
        VectorTimestampCodec::encodedLength,
        VectorTimestampCodec::encode);
    RoundTrip.of(
        data,
        from -> VectorTimestampCodec.decode(from, TABLE),
        stamp -> VectorTimestampCodec.encodedLength(stamp, TABLE),
        (stamp, to) -> VectorTimestampCodec.encode(stamp, TABLE, to));
    RoundTrip.ofText(data, VectorTimestamp::parse);
  }
}
