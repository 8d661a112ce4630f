package dev.coeval.sync.cristian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.wire.Decoded;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.sync.wire.SharedKey;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

final class CristianCodecProperties {
  private static final SharedKey KEY = SharedKey.ofText(9, "a secret of enough length");
  private static final long FAR = CristianCodec.MAX_EPOCH_NANOS;

  private final CristianCodec codec = new CristianCodec(Keyring.optional(List.of(KEY)));

  @Property
  void shouldReadBackRequestWhenWritten(@ForAll long nonce, @ForAll boolean keyed) {
    CristianRequest request = new CristianRequest(nonce, keyed ? 9 : 0);
    ByteBuffer out = ByteBuffer.allocate(CristianCodec.MAX_BYTES);
    codec.encode(out, request);
    assertEquals(Decoded.of(request), codec.decodeRequest(out.flip()));
  }

  @Property
  void shouldReadBackReplyWhenWritten(
      @ForAll long nonce,
      @ForAll @LongRange(min = -FAR, max = FAR) long received,
      @ForAll @LongRange(min = -FAR, max = FAR) long sent,
      @ForAll @LongRange(min = 0) long error,
      @ForAll boolean isSynchronized) {
    CristianRequest request = new CristianRequest(nonce, (nonce & 1) == 0 ? 9 : 0);
    CristianReply reply = new CristianReply(request, received, sent, error, isSynchronized);
    ByteBuffer out = ByteBuffer.allocate(CristianCodec.MAX_BYTES);
    codec.encode(out, reply);
    assertEquals(Decoded.of(reply), codec.decodeReply(out.flip()));
  }

  @Property(tries = 10_000)
  void shouldGiveValueOrReasonWhenBytesAreArbitrary(@ForAll("datagrams") byte[] bytes) {
    for (Decoded<?> decoded :
        List.of(
            codec.decodeRequest(ByteBuffer.wrap(bytes)),
            codec.decodeReply(ByteBuffer.wrap(bytes)))) {
      if (decoded instanceof Decoded.Refused<?> refused) {
        assertNotNull(refused.reason());
      } else {
        assertTrue(bytes.length == 40 || bytes.length == 76);
      }
    }
  }

  /** Noise, and good frames that are cut, lengthened or changed in one place. */
  @Provide
  Arbitrary<byte[]> datagrams() {
    Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(100);
    Arbitrary<byte[]> bent =
        Combinators.combine(
                Arbitraries.of(0, 3, 16, 39, 40, 41, 75, 76, 77),
                Arbitraries.integers().between(-1, 39),
                Arbitraries.bytes())
            .as(CristianCodecProperties::bent);
    return Arbitraries.oneOf(noise, bent);
  }

  private static byte[] bent(int length, int at, byte value) {
    CristianRequest request = new CristianRequest(7, length > 41 ? 9 : 0);
    ByteBuffer out = ByteBuffer.allocate(CristianCodec.MAX_BYTES);
    CristianCodec codec = new CristianCodec(Keyring.required(List.of(KEY)));
    if (value % 2 == 0) {
      codec.encode(out, request);
    } else {
      codec.encode(out, new CristianReply(request, 1, 2, 3, true));
    }
    if (at >= 0) {
      out.put(at, value);
    }
    return Arrays.copyOf(out.array(), length);
  }
}
