package dev.coeval.examples.lessons;

import dev.coeval.logical.version.DottedVersionVectorSet;
import dev.coeval.logical.version.VersionVector;
import java.io.PrintStream;

/**
 * A record with several writers, none of which is lost: dotted version vectors.
 *
 * <p>A client gets the values with a context, and sends that context back when it writes; as text
 * it is a header as an ETag is. What the client had seen is replaced, what it had not seen stays
 * beside the new value, for somebody to put together.
 *
 * <p>Run: {@code java -cp examples/target/coeval.jar
 * dev.coeval.examples.lessons.Example06_ValuesInConflict}
 */
public final class Example06_ValuesInConflict {

  private Example06_ValuesInConflict() {}

  /**
   * Runs the lesson.
   *
   * @param args none
   */
  public static void main(String[] args) {
    run(System.out);
  }

  static void run(PrintStream out) {
    VersionVector nothingRead = VersionVector.empty();
    DottedVersionVectorSet<String> berlin = DottedVersionVectorSet.empty();
    berlin = berlin.put(nothingRead, "berlin~1", "milk");
    DottedVersionVectorSet<String> tokyo = berlin;

    String header = berlin.context().toString();
    berlin = berlin.put(VersionVector.parse(header), "berlin~1", "milk, bread");
    tokyo = tokyo.put(VersionVector.parse(header), "tokyo~1", "milk, tea");
    DottedVersionVectorSet<String> both = berlin.sync(tokyo);
    out.println("in conflict: " + both.values() + " context " + both.context());

    both = both.put(both.context(), "tokyo~1", "milk, bread, tea");
    out.println("put together: " + both.values());
    out.println("a late sync brings nothing back: " + both.sync(berlin).values());
  }
}
