package dev.coeval.sync.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

final class FrameCodecProperties {
  private static final FrameFormat FORMAT =
      FrameFormat.of(
          "BTST", 1, List.of(new FrameType(0, 0, 0xFFFE), new FrameType(255, 24, 0x0030)));
  private static final SharedKey KEY = SharedKey.ofText(1, "a secret of enough length");
  private static final List<Keyring> KEYRINGS =
      List.of(Keyring.empty(), Keyring.optional(List.of(KEY)), Keyring.required(List.of(KEY)));

  @Property(tries = 10_000)
  void shouldGiveValueOrReasonWhenBytesAreArbitrary(
      @ForAll("datagrams") byte[] bytes, @ForAll @IntRange(max = 2) int keyring) {
    FrameCodec codec = new FrameCodec(FORMAT, KEYRINGS.get(keyring));
    Decoded<Frame> decoded = codec.decode(ByteBuffer.wrap(bytes));
    if (decoded instanceof Decoded.Value<Frame> good) {
      ByteBuffer out = ByteBuffer.allocate(bytes.length);
      codec.encode(out, good.value().header(), body -> body.put(good.value().body()));
      assertEquals(ByteBuffer.wrap(bytes), out.flip(), "decoding loses nothing");
    } else {
      assertNotNull(((Decoded.Refused<Frame>) decoded).reason());
    }
  }

  @Property
  void shouldReadBackWhenWritten(
      @ForAll long nonce, @ForAll long a, @ForAll long b, @ForAll boolean authenticated) {
    FrameHeader header = new FrameHeader(255, 0x0010, nonce, authenticated ? 1 : 0);
    FrameCodec codec = new FrameCodec(FORMAT, Keyring.optional(List.of(KEY)));
    ByteBuffer out = ByteBuffer.allocate(FORMAT.lengthOf(255, authenticated));
    codec.encode(out, header, body -> body.putLong(a).putLong(b).putLong(a ^ b));
    Frame frame = ((Decoded.Value<Frame>) codec.decode(out.flip())).value();
    assertEquals(header, frame.header());
    assertEquals(
        List.of(a, b, a ^ b),
        List.of(frame.body().getLong(), frame.body().getLong(), frame.body().getLong()));
  }

  /** Noise, and good frames that are cut, lengthened or changed in one place. */
  @Provide
  Arbitrary<byte[]> datagrams() {
    Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(100);
    Arbitrary<byte[]> bent =
        Arbitraries.integers()
            .between(0, 90)
            .flatMap(
                length ->
                    Arbitraries.integers()
                        .between(-1, 75)
                        .flatMap(at -> Arbitraries.bytes().map(value -> bent(length, at, value))));
    return Arbitraries.oneOf(noise, bent, Arbitraries.of(76, 40).map(n -> bent(n, -1, (byte) 0)));
  }

  private static byte[] bent(int length, int at, byte value) {
    ByteBuffer out = ByteBuffer.allocate(76);
    new FrameCodec(FORMAT, Keyring.optional(List.of(KEY)))
        .encode(
            out,
            new FrameHeader(255, 0, 5, length == 40 ? 0 : 1),
            body -> body.putLong(1).putLong(2).putLong(3));
    if (at >= 0) {
      out.put(at, value);
    }
    return Arrays.copyOf(out.array(), length);
  }
}
