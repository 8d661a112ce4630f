package dev.coeval.examples.lessons;

import dev.coeval.logical.matrix.MatrixClock;
import dev.coeval.logical.matrix.MatrixTimestamp;
import dev.coeval.logical.matrix.MatrixTimestampCodec;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * What can be thrown away because everybody has seen it: matrix clocks.
 *
 * <p>A deleted entry has to be remembered until all replicas know of the deletion. The matrix says
 * when that is, and when an actor that has left can be forgotten.
 *
 * <p>Run: {@code java -cp examples/target/coeval.jar
 * dev.coeval.examples.lessons.Example07_WhatEverybodyKnows}
 */
public final class Example07_WhatEverybodyKnows {

  private static final List<String> MEMBERS = List.of("a", "b");

  private Example07_WhatEverybodyKnows() {}

  /**
   * Runs the lesson.
   *
   * @param args none
   */
  public static void main(String[] args) {
    run(System.out);
  }

  static void run(PrintStream out) {
    MatrixClock a = MatrixClock.of("a");
    MatrixClock b = MatrixClock.of("b");
    MatrixClock visitor = MatrixClock.of("visitor");

    a.receive(overTheWire(visitor.tick()));
    long deletion = a.tick().own().count("a");
    out.println("the deletion is event " + deletion + " of a");
    out.println("known by all: " + a.knownByAll(MEMBERS));
    b.receive(overTheWire(a.latest()));
    a.receive(overTheWire(b.tick()));
    out.println("after b has answered: " + a.knownByAll(MEMBERS));
    out.println("forgotten: " + a.retire(Map.of("visitor", 1L), MEMBERS));
  }

  private static MatrixTimestamp overTheWire(MatrixTimestamp stamp) {
    ByteBuffer buffer = ByteBuffer.allocate(MatrixTimestampCodec.encodedLength(stamp));
    MatrixTimestampCodec.encode(stamp, buffer);
    return MatrixTimestampCodec.decode(buffer.flip());
  }
}
