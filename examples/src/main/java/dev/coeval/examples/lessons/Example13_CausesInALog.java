package dev.coeval.examples.lessons;

import dev.coeval.causal.CausalEvent;
import dev.coeval.causal.CausalLog;
import dev.coeval.causal.ShiVizWriter;
import dev.coeval.logical.vector.VectorClock;
import dev.coeval.logical.vector.VectorTimestamp;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A log of several hosts, put in causal order, checked, and drawn.
 *
 * <p>Lines arrive in any order. The stamps say which order is right, whether anything is missing,
 * and which chain of causes was the longest. Paste the last part into ShiViz for a picture.
 *
 * <p>Run: {@code java -cp examples/target/coeval.jar
 * dev.coeval.examples.lessons.Example13_CausesInALog}
 */
public final class Example13_CausesInALog {

  private Example13_CausesInALog() {}

  /**
   * Runs the lesson.
   *
   * @param args none
   */
  public static void main(String[] args) {
    run(System.out);
  }

  static void run(PrintStream out) {
    VectorClock shop = VectorClock.of("shop");
    VectorClock bank = VectorClock.of("bank");
    List<CausalEvent> lines = new ArrayList<>();
    VectorTimestamp asked = shop.tick();
    lines.add(new CausalEvent("shop", asked, "asks for the money"));
    lines.add(new CausalEvent("bank", bank.tick(), "opens"));
    VectorTimestamp paid = bank.receive(asked);
    lines.add(new CausalEvent("bank", paid, "pays"));
    lines.add(new CausalEvent("shop", shop.receive(paid), "sends the parcel"));
    Collections.reverse(lines);

    CausalLog log = CausalLog.of(lines);
    out.println("what is wrong with it: " + log.check());
    out.println("longest chain of causes: " + log.longestChain().size() + " events");
    out.println("pairs that cannot have influenced each other: " + log.concurrentPairs());
    ShiVizWriter.write(log, out);
    CausalLog torn = CausalLog.of(lines.subList(1, 3));
    out.println("of a torn log: " + torn.check().get(0).kind());
  }
}
