package dev.coeval.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.vector.DeltaReceiver;
import dev.coeval.logical.vector.DeltaSender;
import dev.coeval.logical.vector.VectorTimestamp;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that may be the next message of a channel that carries changes alone. */
class VectorDeltaFuzzTest {
  private static final VectorTimestamp FIRST = VectorTimestamp.of(Map.of("a", 1L, "b", 300L));
  private static final VectorTimestamp SECOND = FIRST.increment("a").increment("c");

  static Stream<byte[]> seeds() {
    DeltaSender sender = DeltaSender.of(1);
    return Stream.of(FIRST, SECOND, SECOND.increment("b")).map(sender::toBytes);
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldGoOnAsIfNothingCameWhenRefusing(byte[] data) {
    DeltaSender sender = DeltaSender.of(1);
    DeltaReceiver receiver = DeltaReceiver.of(2);
    receiver.decode(ByteBuffer.wrap(sender.toBytes(FIRST)));
    sender.acknowledged(receiver.acknowledgement());
    ByteBuffer given = ByteBuffer.wrap(data);
    try {
      receiver.decode(given);
    } catch (StampFormatException refused) {
      assertEquals(0, given.position(), "a refusal reads nothing");
      ByteBuffer next = ByteBuffer.wrap(sender.toBytes(SECOND));
      assertEquals(Optional.of(SECOND), receiver.decode(next));
    }
  }
}
