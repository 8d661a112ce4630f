package dev.coeval.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coeval.logical.tree.IntervalTreeMessage;
import dev.coeval.logical.tree.IntervalTreeMessageCodec;
import dev.coeval.logical.tree.IntervalTreeStamp;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes and text that may be what an interval tree clock sends. */
class IntervalTreeMessageFuzzTest {
  private static Stream<IntervalTreeMessage> stamps() {
    IntervalTreeStamp second = IntervalTreeStamp.seed().event().fork().second();
    return Stream.of(IntervalTreeMessage.empty(), second.event().fork().first().event().peek());
  }

  static Stream<byte[]> seeds() {
    return stamps()
        .flatMap(
            value ->
                Stream.of(
                    RoundTrip.bytes(
                        value,
                        IntervalTreeMessageCodec::encodedLength,
                        IntervalTreeMessageCodec::encode),
                    RoundTrip.text(value)));
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldReadValueOrRefuseWhenInputIsArbitrary(byte[] data) {
    RoundTrip.of(
        data,
        IntervalTreeMessageCodec::decode,
        IntervalTreeMessageCodec::encodedLength,
        IntervalTreeMessageCodec::encode);
    RoundTrip.ofText(data, IntervalTreeMessage::parse);
  }
}
