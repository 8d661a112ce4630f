package dev.coeval.sync.ntp.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coeval.sync.ntp.packet.NtpCodec;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A dialogue that hears anything: first the kind, then steps of one byte and what belongs to it.
 *
 * <p>Nothing throws; an unsealed datagram measures nothing where there is a key, and one with
 * another origin nowhere; a changed header moves no offset; and the next honest answer counts.
 */
class DialogueFuzzTest {

  private static final int CHANGEABLE = NtpCodec.ORIGIN;
  private static final long TOLERANCE = 2_000;

  static Stream<byte[]> seeds() {
    byte[] script = new byte[60];
    script[1] = 1;
    script[2] = 48;
    return Stream.of(new byte[0], new byte[] {1, 0, 2, 1, 3}, new byte[] {5, 2, 3, 9}, script);
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldBelieveOnlyItsRemoteWhenDatagramsAreArbitrary(byte[] data) {
    ByteBuffer script = ByteBuffer.wrap(data);
    Bench bench = new Bench(next(script) % Bench.KINDS);
    bench.speak();
    while (script.hasRemaining()) {
      switch (next(script) % 3) {
        case 0 -> bench.speak();
        case 1 -> hearAnything(bench, take(script));
        default -> hearChanged(bench, take(script));
      }
    }
    bench.speak();
    Reply.Good good = assertInstanceOf(Reply.Good.class, bench.hear(bench.honest()));
    assertTrue(Math.abs(bench.offset() - good.measurement().offsetNanos()) <= TOLERANCE);
  }

  private static void hearAnything(Bench bench, ByteBuffer datagram) {
    Reply reply = bench.hear(datagram.duplicate());
    if (reply instanceof Reply.Good) {
      assertFalse(bench.isSealed());
      assertEquals(bench.asked(), datagram.slice().getLong(NtpCodec.ORIGIN));
    }
  }

  /** The honest answer with other words before its stamps: it says another thing, not a time. */
  private static void hearChanged(Bench bench, ByteBuffer words) {
    ByteBuffer answer = bench.honest();
    int length = Math.min(CHANGEABLE, words.remaining());
    boolean isSame = answer.slice(0, length).equals(words.slice(0, length));
    answer.put(0, words.slice(0, length), 0, length);
    Reply reply = bench.hear(answer);
    if (reply instanceof Reply.Good good) {
      assertTrue(isSame || !bench.isSealed());
      long off = good.measurement().offsetNanos() - bench.offset();
      assertTrue(Math.abs(off) <= TOLERANCE, () -> "off by " + off);
    }
  }

  private static int next(ByteBuffer script) {
    return script.hasRemaining() ? script.get() & 0xFF : 0;
  }

  private static ByteBuffer take(ByteBuffer script) {
    int length = Math.min(next(script), script.remaining());
    ByteBuffer part = script.slice(script.position(), length);
    script.position(script.position() + length);
    return part;
  }
}
