package dev.coeval.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coeval.logical.identity.ActorId;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Text that may be the id of an actor with its incarnation. */
class ActorIdFuzzTest {

  static Stream<byte[]> seeds() {
    return Stream.of(new ActorId("a", 1, 1), new ActorId("ü-2", ActorId.MAX_LINEAGE, 300))
        .map(RoundTrip::text);
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldReadValueOrRefuseWhenInputIsArbitrary(byte[] data) {
    RoundTrip.ofText(data, ActorId::parse);
  }
}
