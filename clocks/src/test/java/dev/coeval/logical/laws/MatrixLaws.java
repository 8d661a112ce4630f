package dev.coeval.logical.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.LogicalClock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Laws M1 to M3 of a matrix clock (Wuu and Bernstein 1984; Sarin and Lynch 1987).
 *
 * @param <T> the stamp: a vector for each process
 */
public abstract class MatrixLaws<T> extends CausalLaws {

  /** For subclasses. */
  protected MatrixLaws() {}

  /**
   * The clock of a process without a past.
   *
   * @param actor the process
   * @return the clock
   */
  protected abstract LogicalClock<T> clock(String actor);

  /**
   * An entry of the matrix.
   *
   * @param stamp a stamp
   * @param row the process whose knowledge is asked for
   * @param column the process whose events are counted
   * @return how many events of the column the row is known to know
   */
  protected abstract long entry(T stamp, String row, String column);

  /**
   * What everybody knows.
   *
   * @param stamp a stamp
   * @param members everybody
   * @param column the process whose events are counted
   * @return how many of its events all members are known to know
   */
  protected abstract long knownByAll(T stamp, List<String> members, String column);

  private void forAllEntries(Trace trace, EntryCheck check) {
    for (int event = 0; event < trace.size(); event++) {
      for (int row = 0; row < trace.processes(); row++) {
        for (int column = 0; column < trace.processes(); column++) {
          check.check(event, row, column);
        }
      }
    }
  }

  /** Something to be checked of one entry. */
  @FunctionalInterface
  private interface EntryCheck {
    void check(int event, int row, int column);
  }

  /** The last event of a process in the past of an event, or {@link Step#NONE}. */
  private static int lastKnown(Trace trace, CausalHistory history, int event, int process) {
    return history
        .pastOf(event)
        .filter(known -> trace.steps().get(known).process() == process)
        .max()
        .orElse(Step.NONE);
  }

  @Property(tries = TRIES)
  protected void m1ShouldBeVectorClockWhenLookingAtTheOwnRow(@ForAll("traces") Trace trace) {
    List<T> stamps = Execution.run(trace, this::clock);
    CausalHistory history = CausalHistory.of(trace);
    List<String> names = trace.names();
    for (int event = 0; event < trace.size(); event++) {
      String self = names.get(trace.steps().get(event).process());
      for (int column = 0; column < trace.processes(); column++) {
        assertEquals(
            history.countOf(event, column), entry(stamps.get(event), self, names.get(column)));
      }
    }
  }

  @Property(tries = TRIES)
  protected void m2ShouldKnowExactlyWhatTheLastEventHeardOfKnewWhenLookingAtAnotherRow(
      @ForAll("traces") Trace trace) {
    List<T> stamps = Execution.run(trace, this::clock);
    CausalHistory history = CausalHistory.of(trace);
    List<String> names = trace.names();
    forAllEntries(
        trace,
        (event, row, column) -> {
          int known = lastKnown(trace, history, event, row);
          long expected = known == Step.NONE ? 0 : history.countOf(known, column);
          assertEquals(
              expected,
              entry(stamps.get(event), names.get(row), names.get(column)),
              trace::toString);
        });
  }

  @Property(tries = TRIES)
  protected void m3ShouldBeInEverybodysHistoryWhenKnownByAll(@ForAll("traces") Trace trace) {
    List<T> stamps = Execution.run(trace, this::clock);
    CausalHistory history = CausalHistory.of(trace);
    List<String> names = trace.names();
    forAllEntries(
        trace,
        (event, row, column) -> {
          int latest = latestSoFar(trace, event, row);
          long really = latest == Step.NONE ? 0 : history.countOf(latest, column);
          assertTrue(knownByAll(stamps.get(event), names, names.get(column)) <= really);
        });
  }

  /** The last event of a process up to a moment, whether anybody has heard of it or not. */
  private static int latestSoFar(Trace trace, int event, int process) {
    return IntStream.rangeClosed(0, event)
        .filter(e -> trace.steps().get(e).process() == process)
        .max()
        .orElse(Step.NONE);
  }

  @Property(tries = TRIES)
  protected void m3ShouldCoverAllEventsWhenEverybodyHasHeardFromEverybodyTwice(
      @ForAll("traces") Trace trace) {
    List<LogicalClock<T>> clocks = new ArrayList<>();
    trace.names().forEach(name -> clocks.add(clock(name)));
    Execution.run(trace, clocks, event -> {});
    exchange(clocks);
    exchange(clocks);
    List<String> names = trace.names();
    for (LogicalClock<T> clock : clocks) {
      for (int process = 0; process < trace.processes(); process++) {
        int self = process;
        long events = trace.steps().stream().filter(step -> step.process() == self).count();
        assertTrue(knownByAll(clock.latest(), names, names.get(process)) >= events);
      }
    }
  }

  private static <T> void exchange(List<LogicalClock<T>> clocks) {
    List<T> sent = clocks.stream().map(LogicalClock::tick).toList();
    for (int to = 0; to < clocks.size(); to++) {
      for (int from = 0; from < clocks.size(); from++) {
        if (from != to) {
          clocks.get(to).receive(sent.get(from));
        }
      }
    }
  }
}
