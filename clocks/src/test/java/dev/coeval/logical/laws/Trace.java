package dev.coeval.logical.laws;

import dev.coeval.logical.laws.Step.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * An execution: events of several processes, in an order in which they can have happened.
 *
 * @param processes how many processes there are
 * @param steps the events; an event's place in the list is its name
 */
public record Trace(int processes, List<Step> steps) {

  private static final int KINDS = 4;

  /** Creates a trace. */
  public Trace {
    steps = List.copyOf(steps);
  }

  /**
   * Turns any numbers into a trace, one event each. A message to receive is chosen among all that
   * were sent so far, so some are received never, some twice, and in any order.
   *
   * @param processes how many processes there are
   * @param choices numbers that are not negative
   * @return the trace that they stand for
   */
  public static Trace decode(int processes, List<Integer> choices) {
    List<Step> steps = new ArrayList<>();
    List<Integer> sends = new ArrayList<>();
    for (int choice : choices) {
      int kind = choice % KINDS;
      int process = choice / KINDS % processes;
      if (kind == 0 || (kind > 1 && sends.isEmpty())) {
        steps.add(new Step(Kind.LOCAL, process, Step.NONE));
      } else if (kind == 1) {
        sends.add(steps.size());
        steps.add(new Step(Kind.SEND, process, Step.NONE));
      } else {
        int message = choice / KINDS / processes % sends.size();
        steps.add(new Step(Kind.RECEIVE, process, sends.get(message)));
      }
    }
    return new Trace(processes, steps);
  }

  /**
   * A trace of random events.
   *
   * @param random where they come from; seed it
   * @param processes how many processes there are
   * @param events how many events there are
   * @return the trace
   */
  public static Trace random(Random random, int processes, int events) {
    return decode(processes, random.ints(events, 0, Integer.MAX_VALUE).boxed().toList());
  }

  /**
   * How many events there are.
   *
   * @return the number of steps
   */
  public int size() {
    return steps.size();
  }

  /**
   * The event of the same process before this one.
   *
   * @param event an event's index
   * @return the index of its predecessor, or {@link Step#NONE}
   */
  public int previousOnProcess(int event) {
    int process = steps.get(event).process();
    int previous = event - 1;
    while (previous >= 0 && steps.get(previous).process() != process) {
      previous--;
    }
    return previous;
  }

  /**
   * The names of the processes.
   *
   * @return one id for each process
   */
  public List<String> names() {
    return IntStream.range(0, processes).mapToObj(process -> "p" + process).toList();
  }
}
