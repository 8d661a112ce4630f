package dev.coeval.examples.lessons;

import dev.coeval.logical.tree.IntervalTreeClock;
import dev.coeval.logical.tree.IntervalTreeMessage;
import dev.coeval.logical.tree.IntervalTreeMessageCodec;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Causality where processes come and go and nobody hands out names: interval tree clocks.
 *
 * <p>A process forks another by giving away half of what it owns, and takes it back when the other
 * retires. The stamps shrink again. A message, here in the header of a record, is of another type
 * than the state of a process, so that neither can be taken for the other.
 *
 * <p>Run: {@code java -cp examples/target/coeval.jar
 * dev.coeval.examples.lessons.Example05_ProcessesThatComeAndGo}
 */
public final class Example05_ProcessesThatComeAndGo {

  private static final String HEADER = "interval-tree-clock";

  private Example05_ProcessesThatComeAndGo() {}

  /**
   * Runs the lesson.
   *
   * @param args none
   */
  public static void main(String[] args) {
    run(System.out);
  }

  static void run(PrintStream out) {
    IntervalTreeClock first = IntervalTreeClock.seed();
    IntervalTreeClock worker = IntervalTreeClock.of(first.fork());
    out.println("two own the parts  " + first.stamp() + " and " + worker.stamp());

    IntervalTreeMessage done = worker.tick();
    IntervalTreeMessage meanwhile = first.tick();
    out.println("the worker's event is " + done.relationTo(meanwhile) + " to ours");

    Map<String, byte[]> headers = Map.of(HEADER, bytes(done));
    byte[] carried = headers.getOrDefault(HEADER, new byte[0]);
    IntervalTreeMessage received =
        first.receive(IntervalTreeMessageCodec.decode(ByteBuffer.wrap(carried)));
    out.println("and " + done.relationTo(received) + " the receipt of its message");

    first.join(worker.retire());
    first.tick();
    out.println("one owns all again " + first.stamp());
  }

  private static byte[] bytes(IntervalTreeMessage message) {
    ByteBuffer buffer = ByteBuffer.allocate(IntervalTreeMessageCodec.encodedLength(message));
    IntervalTreeMessageCodec.encode(message, buffer);
    return buffer.array();
  }
}
