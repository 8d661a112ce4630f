package dev.coeval.sync.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.auth.MacAlgorithm;
import dev.coeval.sync.ntp.auth.NtpKey;
import dev.coeval.sync.ntp.auth.NtpKeys;
import dev.coeval.sync.ntp.packet.NtpCodec;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Datagrams that may bear a code: none is taken but what the key's owner would have made. */
class NtpKeysFuzzTest {

  private static final NtpKeys KEYS = NtpKeys.of(keys());

  private static List<NtpKey> keys() {
    MacAlgorithm[] algorithms = MacAlgorithm.values();
    return IntStream.range(0, algorithms.length)
        .mapToObj(
            i -> {
              int exact = algorithms[i].exactKeyBytes();
              return NtpKey.of(i + 1, algorithms[i], new byte[exact == 0 ? 20 : exact]);
            })
        .toList();
  }

  static Stream<byte[]> seeds() {
    Stream<byte[]> sealed =
        IntStream.rangeClosed(3, 4)
            .boxed()
            .flatMap(version -> keys().stream().map(key -> sealed(key.id(), version)));
    return Stream.concat(sealed, NtpDatagramFuzzTest.seeds());
  }

  private static byte[] sealed(int keyId, int version) {
    int length = NtpDatagrams.HEADER + KEYS.macLength(keyId, version);
    ByteBuffer packet = ByteBuffer.allocate(length);
    packet.put(NtpDatagrams.packet(version, new byte[0]));
    KEYS.seal(keyId, packet, 0);
    return packet.array();
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldTakeOnlyTheOwnersCodeWhenBytesAreArbitrary(byte[] data) {
    ByteBuffer packet = ByteBuffer.wrap(data).asReadOnlyBuffer();
    if (NtpCodec.check(packet) != null) {
      return;
    }
    int covered = NtpCodec.authenticatedLength(packet);
    Rejection reason = KEYS.verify(packet, covered);
    assertEquals(covered == data.length, reason == Rejection.NOT_AUTHENTICATED);
    assertEquals(0, packet.position());
    if (reason == null) {
      int keyId = packet.getInt(covered);
      ByteBuffer ours = ByteBuffer.allocate(data.length).put(data, 0, covered);
      KEYS.seal(keyId, ours, 0, data.length - covered);
      assertEquals(packet, ours.flip());
      int other = keyId % keys().size() + 1;
      assertEquals(Rejection.OTHER_KEY, KEYS.verify(packet, covered, other));
    }
  }
}
