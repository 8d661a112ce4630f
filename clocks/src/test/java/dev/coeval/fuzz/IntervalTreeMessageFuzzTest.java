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

  static Stream<byte[]> bytes() {
    return stamps()
        .map(
            value ->
                RoundTrip.bytes(
                    value,
                    IntervalTreeMessageCodec::encodedLength,
                    IntervalTreeMessageCodec::encode));
  }

  @MethodSource("bytes")
  @FuzzTest
  void shouldReadValueOrRefuseWhenBytesAreArbitrary(byte[] data) {
    RoundTrip.of(
        data,
        IntervalTreeMessageCodec::decode,
        IntervalTreeMessageCodec::encodedLength,
        IntervalTreeMessageCodec::encode);
  }

  static Stream<byte[]> texts() {
    return stamps().map(RoundTrip::text);
  }

  @MethodSource("texts")
  @FuzzTest
  void shouldReadValueOrRefuseWhenTextIsArbitrary(byte[] data) {
    RoundTrip.ofText(data, IntervalTreeMessage::parse);
  }
}
