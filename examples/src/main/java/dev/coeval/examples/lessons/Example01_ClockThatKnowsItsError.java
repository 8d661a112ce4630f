package dev.coeval.examples.lessons;

import dev.coeval.logical.hybrid.HybridLogicalClock;
import dev.coeval.sync.SynchronizedClock;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockReader;
import dev.coeval.time.CommitWait;
import java.io.PrintStream;
import java.time.Duration;

/**
 * A clock of one's own that keeps itself synchronized, and says between which two instants the true
 * time lies.
 *
 * <p>{@code now()} is an interval. Stamp something with its late end, wait until even its early end
 * has passed the stamp, and every other honest clock that is read afterwards shows a later time:
 * that is Spanner's commit wait. The same clock also drives a hybrid logical clock, whose stamps
 * follow cause and effect whatever the wall clocks do.
 *
 * <p>Run: {@code java -jar examples/target/coeval.jar serve} in one terminal, and in another {@code
 * java -cp examples/target/coeval.jar dev.coeval.examples.lessons.Example01_ClockThatKnowsItsError
 * localhost:12300}. Any NTP server will do in its place.
 */
public final class Example01_ClockThatKnowsItsError {

  private Example01_ClockThatKnowsItsError() {}

  /**
   * Runs the lesson.
   *
   * @param args an NTP server, as {@code host[:port]}
   * @throws Exception if the server cannot be resolved, or the wait is interrupted
   */
  public static void main(String[] args) throws Exception {
    run(args[0], System.out);
  }

  static void run(String server, PrintStream out) throws Exception {
    try (SynchronizedClock clock = SynchronizedClock.builder().ntp(server).start()) {
      if (!clock.awaitSynchronized(Duration.ofSeconds(10))) {
        throw new IllegalStateException(clock.status().reason());
      }
      BoundedInstant now = clock.now();
      out.println("the true time is in " + now);
      new CommitWait(clock, ClockReader.system()).awaitPast(now.latest());
      out.println("and that is past:   " + clock.now().earliest().isAfter(now.latest()));
      HybridLogicalClock events = HybridLogicalClock.of(clock, Duration.ofMillis(500));
      out.println("an event happens:   " + events.tick());
      out.println("and one after it:   " + events.tick());
    }
  }
}
