package dev.coeval.sync.order.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coeval.sync.order.link.LinkCodec.Keyed;
import dev.coeval.sync.order.link.LinkFrame.Ack;
import dev.coeval.sync.order.link.LinkFrame.Data;
import dev.coeval.sync.order.link.LinkFrame.Hello;
import dev.coeval.sync.order.link.LinkFrame.Receipt;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.sync.wire.SharedKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is written is read; whatever else comes is a frame that is written so, or a reason. */
final class LinkCodecProperties {
  private static final Keyring KEYS =
      Keyring.optional(List.of(SharedKey.ofText(7, "a secret shared by both")));
  private static final byte[] MAGIC = "DTST".getBytes(StandardCharsets.US_ASCII);

  private final LinkCodec codec = new LinkCodec("DTST", KEYS);

  private static LinkFrame frame(SplittableRandom random) {
    long session = random.nextLong() | 1;
    long to = random.nextLong() | 1;
    Receipt receipt = new Receipt(random.nextLong() >>> random.nextInt(1, 64), random.nextLong());
    return switch (random.nextInt(3)) {
      case 0 -> new Hello(session, to, random.nextBoolean() ? 0 : random.nextLong());
      case 1 -> new Ack(session, to, receipt);
      default -> {
        byte[] message = new byte[random.nextInt(Links.MAX_MESSAGE_BYTES + 1)];
        random.nextBytes(message);
        long number = 1 + (random.nextLong() >>> random.nextInt(2, 64));
        yield new Data(session, to, receipt, number, ByteBuffer.wrap(message));
      }
    };
  }

  @Property(tries = 500)
  void shouldReadWhatWasWrittenWhenFrameIsAny(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    LinkFrame frame = frame(random);
    int keyId = random.nextBoolean() ? 7 : 0;
    ByteBuffer bytes = codec.encode(frame, keyId);
    assertEquals(Decoded.of(new Keyed(frame, keyId)), codec.decode(bytes));
  }

  @Property(tries = 2000)
  void shouldReadWhatItWouldWriteOrRefuseWhenBytesAreArbitraryOrBent(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = new byte[random.nextInt(16, 120)];
    random.nextBytes(bytes);
    if (random.nextBoolean()) {
      System.arraycopy(MAGIC, 0, bytes, 0, MAGIC.length);
      bytes[4] = 1;
      bytes[5] = (byte) random.nextInt(5);
      bytes[6] = 0;
      bytes[7] = 0;
    } else {
      ByteBuffer good = codec.encode(frame(random), 0);
      bytes = new byte[Math.max(0, good.remaining() - random.nextInt(2))];
      good.get(bytes);
      for (int i = random.nextInt(4); i > 0; i--) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
    }
    Decoded<Keyed> decoded = codec.decode(ByteBuffer.wrap(bytes));
    if (decoded instanceof Decoded.Value<Keyed> good) {
      ByteBuffer again = codec.encode(good.value().frame(), good.value().keyId());
      assertEquals(ByteBuffer.wrap(bytes), again);
    }
  }
}
