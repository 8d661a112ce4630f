package dev.coeval.examples.lessons;

import dev.coeval.logical.vector.VectorClock;
import dev.coeval.logical.vector.VectorTimestamp;
import dev.coeval.logical.vector.VectorTimestampCodec;
import java.io.PrintStream;
import java.util.Map;

/**
 * Which events can have caused which: vector clocks, carried in the header of a record as Kafka's
 * records have them (a name and bytes).
 *
 * <p>Two people edit a document. Whether one had seen the other's edit is not a question of who was
 * first by the wall clock; the stamps answer it exactly.
 *
 * <p>Run: {@code java -cp examples/target/coeval.jar
 * dev.coeval.examples.lessons.Example03_WhoKnewWhat}
 */
public final class Example03_WhoKnewWhat {

  private static final String HEADER = "vector-timestamp";

  /** What a message broker carries: Kafka's ProducerMessage has the same three parts. */
  private record Message(String key, String value, Map<String, byte[]> headers) {
    byte[] header() {
      return headers.getOrDefault(HEADER, new byte[0]);
    }

    VectorTimestamp stamp() {
      return VectorTimestampCodec.fromBytes(header());
    }
  }

  private Example03_WhoKnewWhat() {}

  /**
   * Runs the lesson.
   *
   * @param args none
   */
  public static void main(String[] args) {
    run(System.out);
  }

  static void run(PrintStream out) {
    VectorClock ann = VectorClock.of("ann");
    VectorClock ben = VectorClock.of("ben");
    Message first = record("title", "Time", ann.tick());
    Message other = record("title", "Clocks", ben.tick());
    ann.receive(other.stamp());
    Message second = record("title", "Time and clocks", ann.tick());

    tell(first, other, out);
    tell(other, second, out);
    out.println("header of the last: " + second.header().length + " bytes");
  }

  private static Message record(String key, String value, VectorTimestamp stamp) {
    return new Message(key, value, Map.of(HEADER, VectorTimestampCodec.toBytes(stamp)));
  }

  private static void tell(Message one, Message two, PrintStream out) {
    String relation = one.stamp().relationTo(two.stamp()).toString();
    out.println(named(one) + " is " + relation + " " + named(two));
  }

  private static String named(Message record) {
    return "'" + record.value() + "' " + record.stamp();
  }
}
