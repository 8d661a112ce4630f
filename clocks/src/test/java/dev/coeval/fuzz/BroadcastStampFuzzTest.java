package dev.coeval.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coeval.causal.BroadcastStamp;
import dev.coeval.causal.BroadcastStampCodec;
import dev.coeval.logical.vector.VectorTimestamp;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that may be the stamp of a broadcast. */
class BroadcastStampFuzzTest {
  private static final VectorTimestamp PAST = VectorTimestamp.of(Map.of("a", 7L, "b", 300L));

  static Stream<byte[]> seeds() {
    return Stream.of(new BroadcastStamp("a", PAST), new BroadcastStamp("b", PAST))
        .map(
            value ->
                RoundTrip.bytes(
                    value, BroadcastStampCodec::encodedLength, BroadcastStampCodec::encode));
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldReadValueOrRefuseWhenInputIsArbitrary(byte[] data) {
    RoundTrip.of(
        data,
        BroadcastStampCodec::decode,
        BroadcastStampCodec::encodedLength,
        BroadcastStampCodec::encode);
  }
}
