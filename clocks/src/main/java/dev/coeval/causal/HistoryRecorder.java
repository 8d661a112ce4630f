package dev.coeval.causal;

import dev.coeval.logical.StampRejectedException;
import dev.coeval.logical.vector.VectorClock;
import dev.coeval.logical.vector.VectorTimestamp;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Stamps the events of a process and hands those that matter to whoever records them.
 *
 * <p>What is recorded is a matter of taste and of disk space; what happened is not. So every event
 * moves the clock, and its level decides about the recording alone: with another threshold, the
 * stamps are the same. Events that are left out are holes of the log, which {@link CausalLog} copes
 * with.
 *
 * <p>Thread-safe if the sink is. Events of several threads may reach it out of order; their stamps
 * tell.
 */
public final class HistoryRecorder {

  private final VectorClock clock;
  private final Consumer<? super CausalEvent> sink;
  private volatile Level threshold;

  private HistoryRecorder(VectorClock clock, Level threshold, Consumer<? super CausalEvent> sink) {
    this.clock = Objects.requireNonNull(clock, "clock");
    this.threshold = Objects.requireNonNull(threshold, "threshold");
    this.sink = Objects.requireNonNull(sink, "sink");
  }

  /**
   * The recorder of a process.
   *
   * @param clock the clock of the process; it may be used elsewhere too
   * @param threshold the least level that is recorded
   * @param sink takes what is recorded, for instance {@link ShiVizWriter#append}
   * @return the recorder
   */
  public static HistoryRecorder of(
      VectorClock clock, Level threshold, Consumer<? super CausalEvent> sink) {
    return new HistoryRecorder(clock, threshold, sink);
  }

  /**
   * Changes what is recorded from now on.
   *
   * @param least the least level that is recorded
   */
  public void setThreshold(Level least) {
    threshold = Objects.requireNonNull(least, "least");
  }

  /**
   * Stamps an event of this process; sending is one.
   *
   * @param level how important it is
   * @param text what happened
   * @return the stamp, to be sent with the message if there is one
   * @throws ArithmeticException if the clock is at its end; nothing is recorded then
   */
  public VectorTimestamp tick(Level level, String text) {
    return record(clock.tick(), level, text);
  }

  /**
   * Stamps the receipt of a message.
   *
   * @param remote the stamp that came with it
   * @param level how important it is
   * @param text what happened
   * @return the stamp of the receipt
   * @throws StampRejectedException if the clock does not admit it; nothing is recorded then
   * @throws ArithmeticException if the clock is at its end; nothing is recorded then
   */
  public VectorTimestamp receive(VectorTimestamp remote, Level level, String text) {
    return record(clock.receive(remote), level, text);
  }

  private VectorTimestamp record(VectorTimestamp stamp, Level level, String text) {
    if (level.getSeverity() >= threshold.getSeverity()) {
      sink.accept(new CausalEvent(clock.actor(), stamp, text));
    }
    return stamp;
  }
}
