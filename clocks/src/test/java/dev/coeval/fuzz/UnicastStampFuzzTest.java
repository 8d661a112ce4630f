package dev.coeval.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coeval.causal.UnicastStamp;
import dev.coeval.causal.UnicastStampCodec;
import dev.coeval.logical.vector.VectorTimestamp;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that may be the stamp of a unicast. */
class UnicastStampFuzzTest {
  private static Stream<UnicastStamp> stamps() {
    VectorTimestamp past = VectorTimestamp.of(Map.of("c", 7L, "d", 300L));
    Map<String, VectorTimestamp> barriers = Map.of("b", past, "c", past);
    return Stream.of(
        new UnicastStamp("a", "b", 1, VectorTimestamp.empty(), new TreeMap<>()),
        new UnicastStamp("a", "b", 300, past, new TreeMap<>(barriers)));
  }

  static Stream<byte[]> seeds() {
    return stamps()
        .map(
            value ->
                RoundTrip.bytes(
                    value, UnicastStampCodec::encodedLength, UnicastStampCodec::encode));
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldReadValueOrRefuseWhenInputIsArbitrary(byte[] data) {
    RoundTrip.of(
        data,
        UnicastStampCodec::decode,
        UnicastStampCodec::encodedLength,
        UnicastStampCodec::encode);
  }
}
