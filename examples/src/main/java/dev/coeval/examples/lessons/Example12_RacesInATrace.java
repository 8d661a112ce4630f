package dev.coeval.examples.lessons;

import dev.coeval.logical.treeclock.TreeClock;
import java.io.PrintStream;

/**
 * Which accesses of a program's threads race: tree clocks over a recorded trace.
 *
 * <p>Each thread owns a clock, each lock has a blank one. Who releases a lock leaves its clock
 * there, who acquires it takes that in. Two accesses race if neither thread knows the other's: one
 * comparison, as in the FastTrack algorithm.
 *
 * <p>Run: {@code java -cp examples/target/coeval.jar
 * dev.coeval.examples.lessons.Example12_RacesInATrace}
 */
public final class Example12_RacesInATrace {

  private static final int THREADS = 3;
  private static final int WRITER = 0;

  private Example12_RacesInATrace() {}

  /**
   * Runs the lesson.
   *
   * @param args none
   */
  public static void main(String[] args) {
    run(System.out);
  }

  static void run(PrintStream out) {
    TreeClock writer = TreeClock.of(WRITER, THREADS);
    TreeClock careful = TreeClock.of(1, THREADS);
    TreeClock careless = TreeClock.of(2, THREADS);
    TreeClock lock = TreeClock.blank(THREADS);

    writer.increment();
    long written = writer.get(WRITER);
    lock.set(writer);
    writer.increment();

    careful.increment();
    careful.join(lock);
    careless.increment();

    out.println("the reader that took the lock races: " + !careful.knows(WRITER, written));
    out.println("the one that did not races: " + !careless.knows(WRITER, written));
  }
}
