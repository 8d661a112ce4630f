package dev.coeval.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coeval.logical.id.Ulid;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes and text that may be a ULID. */
class UlidFuzzTest {

  static Stream<byte[]> seeds() {
    return Stream.of(new Ulid(0, 0), new Ulid(-1, -1), new Ulid(1L << 40, 42))
        .flatMap(
            value ->
                Stream.of(
                    RoundTrip.bytes(value, ulid -> Ulid.ENCODED_LENGTH, Ulid::encode),
                    RoundTrip.text(value)));
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldReadValueOrRefuseWhenInputIsArbitrary(byte[] data) {
    RoundTrip.of(data, Ulid::decode, ulid -> Ulid.ENCODED_LENGTH, Ulid::encode);
    RoundTrip.ofText(data, Ulid::parse);
  }
}
