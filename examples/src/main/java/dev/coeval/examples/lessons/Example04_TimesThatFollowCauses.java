package dev.coeval.examples.lessons;

import dev.coeval.logical.StampRejectedException;
import dev.coeval.logical.hybrid.HybridFormats;
import dev.coeval.logical.hybrid.HybridLogicalClock;
import dev.coeval.logical.hybrid.HybridNanoTimestamp;
import dev.coeval.logical.hybrid.HybridTimestamp;
import dev.coeval.testing.ManualTime;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/**
 * Times that people can read and that never contradict causality: hybrid logical clocks. The header
 * of an HTTP request or response takes the text form as it is.
 *
 * <p>The receiver's wall clock is 40 ms behind the sender's; by wall clocks, the answer would have
 * been given before the question was asked. A stamp from a year ahead is refused and harms nobody.
 *
 * <p>Run: {@code java -cp examples/target/coeval.jar
 * dev.coeval.examples.lessons.Example04_TimesThatFollowCauses}
 */
public final class Example04_TimesThatFollowCauses {

  private static final Duration MAX_OFFSET = Duration.ofMillis(250);

  private Example04_TimesThatFollowCauses() {}

  /**
   * Runs the lesson.
   *
   * @param args none
   */
  public static void main(String[] args) {
    run(System.out);
  }

  static void run(PrintStream out) {
    Instant noon = Instant.parse("2026-11-22T12:00:00Z");
    HybridLogicalClock asks = HybridLogicalClock.of(ManualTime.at(noon), MAX_OFFSET);
    HybridLogicalClock answers =
        HybridLogicalClock.of(ManualTime.at(noon.minusMillis(40)), MAX_OFFSET);

    String header = asks.tick().toString();
    HybridTimestamp answer = answers.receive(HybridTimestamp.parse(header));
    out.println("question  " + header);
    out.println("answer    " + answer);

    HybridTimestamp wrong = HybridTimestamp.of(noon.plus(Duration.ofDays(365)).toEpochMilli(), 0);
    try {
      answers.receive(wrong);
    } catch (StampRejectedException refused) {
      out.println("refused   " + refused.reason());
    }
    out.println("after it  " + answers.tick());
    out.println(
        "the answer in CockroachDB's form: "
            + HybridFormats.toCockroachDecimal(HybridNanoTimestamp.of(answer)));
  }
}
