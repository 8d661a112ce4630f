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

  static Stream<byte[]> seeds() {
    return stamps()
        .flatMap(
            value ->
                Stream.of(
                    RoundTrip.bytes(
                        value,
                        IntervalTreeStampCodec::encodedLength,
                        IntervalTreeStampCodec::encode),
                    RoundTrip.text(value)));
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldReadValueOrRefuseWhenInputIsArbitrary(byte[] data) {
    RoundTrip.of(
        data,
        IntervalTreeStampCodec::decode,
        IntervalTreeStampCodec::encodedLength,
        IntervalTreeStampCodec::encode);
    RoundTrip.ofText(data, IntervalTreeStamp::parse);
  }
}
