package dev.coeval.examples.lessons;

import dev.coeval.logical.approximate.BloomClock;
import dev.coeval.logical.approximate.BloomTimestamp;
import dev.coeval.logical.approximate.BloomTimestampCodec;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * Stamps of a fixed size for any number of processes: Bloom clocks, here in the header of a record.
 *
 * <p>What happened before is never missed. What is concurrent may seem ordered, so the answer is of
 * a type of its own, and comes with the probability of being wrong.
 *
 * <p>Run: {@code java -cp examples/target/coeval.jar
 * dev.coeval.examples.lessons.Example11_RarelyWrong}
 */
public final class Example11_RarelyWrong {

  private static final int CELLS = 64;
  private static final int HASHES = 1;

  private Example11_RarelyWrong() {}

  /**
   * Runs the lesson.
   *
   * @param args none
   */
  public static void main(String[] args) {
    run(System.out);
  }

  static void run(PrintStream out) {
    BloomClock first = BloomClock.of("one of ten thousand", CELLS, HASHES);
    BloomClock second = BloomClock.of("another", CELLS, HASHES);
    BloomTimestamp sent = first.tick();
    BloomTimestamp elsewhere = second.tick();
    BloomTimestamp received = second.receive(overTheWire(sent));

    out.println("two that know nothing of each other: " + sent.relationTo(elsewhere));
    out.println("the message and its receipt: " + sent.relationTo(received));
    out.println(
        String.format(
            Locale.ROOT,
            "which would seem so of unrelated events with a probability of %.3f",
            sent.falseOrderProbability(received)));
  }

  private static BloomTimestamp overTheWire(BloomTimestamp stamp) {
    ByteBuffer header = ByteBuffer.allocate(BloomTimestampCodec.encodedLength(stamp));
    BloomTimestampCodec.encode(stamp, header);
    return BloomTimestampCodec.decode(header.flip());
  }
}
