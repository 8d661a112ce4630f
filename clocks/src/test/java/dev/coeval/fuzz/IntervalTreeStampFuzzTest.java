package dev.coeval.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coeval.logical.tree.IntervalTreeStamp;
import dev.coeval.logical.tree.IntervalTreeStampCodec;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes and text that may be the stamp of an interval tree clock. */
class IntervalTreeStampFuzzTest {
  private static Stream<IntervalTreeStamp> stamps() {
    IntervalTreeStamp.Fork fork = IntervalTreeStamp.seed().event().fork();
    IntervalTreeStamp second = fork.second().event().fork().first().event();
    return Stream.of(IntervalTreeStamp.seed(), fork.first(), second, fork.first().join(second));
  }

  static Stream<byte[]> bytes() {
    return stamps()
        .map(
            value ->
                RoundTrip.bytes(
                    value, IntervalTreeStampCodec::encodedLength, IntervalTreeStampCodec::encode));
  }

  @MethodSource("bytes")
  @FuzzTest
  void shouldReadValueOrRefuseWhenBytesAreArbitrary(byte[] data) {
    RoundTrip.of(
        data,
        IntervalTreeStampCodec::decode,
        IntervalTreeStampCodec::encodedLength,
        IntervalTreeStampCodec::encode);
  }

  static Stream<byte[]> texts() {
    return stamps().map(RoundTrip::text);
  }

  @MethodSource("texts")
  @FuzzTest
  void shouldReadValueOrRefuseWhenTextIsArbitrary(byte[] data) {
    RoundTrip.ofText(data, IntervalTreeStamp::parse);
  }
}
