package dev.coeval.examples.lessons;

import dev.coeval.logical.identity.ActorId;
import dev.coeval.logical.identity.DurableClock;
import dev.coeval.logical.identity.FileHighWaterMark;
import dev.coeval.logical.identity.HighWaterMark;
import dev.coeval.logical.lamport.LamportClock;
import dev.coeval.logical.lamport.LamportTimestamp;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * A process that comes back under a new incarnation, and never uses a stamp twice.
 *
 * <p>The file holds a number ahead of every stamp in use, so it is written once for a thousand
 * stamps and not for each. Kill the process anywhere: the next start begins above the mark.
 *
 * <p>Run: {@code java -cp examples/target/coeval.jar
 * dev.coeval.examples.lessons.Example08_AfterTheCrash shop.mark}, and again.
 */
public final class Example08_AfterTheCrash {

  private static final long AHEAD = 1_000;

  private Example08_AfterTheCrash() {}

  /**
   * Runs the lesson.
   *
   * @param args the file that holds the mark
   * @throws IOException if it cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    run(Path.of(args[0]), System.out);
  }

  static void run(Path file, PrintStream out) throws IOException {
    try (HighWaterMark mark = FileHighWaterMark.open(file, "shop", new SecureRandom())) {
      ActorId actor = mark.actor();
      LamportClock counter = LamportClock.resumeAbove(actor.toString(), mark.mark());
      DurableClock<LamportTimestamp> clock =
          DurableClock.of(counter, LamportTimestamp::counter, mark, AHEAD);
      long first = clock.tick().counter();
      long last = first;
      for (int event = 1; event < 500; event++) {
        last = clock.tick().counter();
      }
      out.println("incarnation " + actor.incarnation() + ": stamps " + first + " to " + last);
      out.println("written to the disk " + mark.writes() + " times");
    }
  }
}
