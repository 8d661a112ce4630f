package dev.coeval.logical.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;

/**
 * Laws B1, B2, B4, B5 and B8 of causal delivery: whatever the order in which messages arrive, and
 * however often, each is delivered once, as soon as the messages before it are, and no sooner.
 *
 * @param <W> what goes over the network
 */
public abstract class CausalDeliveryLaws<W> {

  private static final List<String> NAMES = List.of("a", "b", "c", "d");
  private static final int KINDS = 3;

  /** For subclasses. */
  protected CausalDeliveryLaws() {}

  /**
   * A process that has sent and received nothing.
   *
   * @param self its name
   * @param group the names of all processes
   * @return the process
   */
  protected abstract DeliveryProcess<W> process(String self, List<String> group);

  /**
   * Whether a message can go to some of the others only.
   *
   * @return false if every message goes to all others
   */
  protected abstract boolean sendsToSome();

  private DeliveryRun<W> run(int size) {
    List<String> group = NAMES.subList(0, size);
    return new DeliveryRun<>(group, group.stream().map(name -> process(name, group)).toList());
  }

  private static List<Integer> others(int process, int size) {
    return IntStream.range(0, size).filter(other -> other != process).boxed().toList();
  }

  /** Some of the others, at least one, if that is possible. */
  private List<Integer> destinations(int process, int size, int choice) {
    List<Integer> others = others(process, size);
    if (!sendsToSome()) {
      return others;
    }
    int mask = 1 + Math.floorMod(choice, (1 << others.size()) - 1);
    return IntStream.range(0, others.size())
        .filter(index -> (mask >> index & 1) == 1)
        .mapToObj(others::get)
        .toList();
  }

  /**
   * Any numbers, each of which stands for a sending or an arrival.
   *
   * @return lists that shrink to few steps
   */
  @Provide
  protected Arbitrary<List<Integer>> steps() {
    return Arbitraries.integers()
        .between(0, Integer.MAX_VALUE)
        .withDistribution(RandomDistribution.uniform())
        .withoutEdgeCases()
        .list()
        .ofMaxSize(80);
  }

  @Property(tries = 500)
  void b1ShouldDeliverOnceAndAtOnceAndInOrderWhenTheNetworkIsBad(
      @ForAll("steps") List<Integer> steps, @ForAll("sizes") int size) {
    DeliveryRun<W> run = run(size);
    for (int step : steps) {
      int choice = step / KINDS;
      List<DeliveryRun.Copy<W>> inFlight = run.inFlight();
      if (step % KINDS == 0 || inFlight.isEmpty()) {
        run.send(choice % size, destinations(choice % size, size, choice / size));
      } else if (step % KINDS == 1) {
        run.arrive(inFlight.get(choice % inFlight.size()));
      } else {
        run.arrive(inFlight.remove(choice % inFlight.size()));
      }
    }
    run.settle();
  }

  /**
   * Sizes of groups.
   *
   * @return two to four
   */
  @Provide
  protected Arbitrary<Integer> sizes() {
    return Arbitraries.of(2, 3, 4);
  }

  /** A writes to C, then to B, and B then writes to C; A's message to C is slow. */
  @Example
  void b8ShouldPassTheTriangleWhenTheFirstMessageIsSlow() {
    DeliveryRun<W> run = run(3);
    List<Integer> toC = sendsToSome() ? List.of(2) : others(0, 3);
    int first = run.send(0, toC);
    int second = run.send(0, sendsToSome() ? List.of(1) : others(0, 3));
    arriveAt(run, 1);
    int third = run.send(1, sendsToSome() ? List.of(2) : others(1, 3));
    arrive(run, third, 2);
    assertEquals(0, run.delivered(2).cardinality());
    arrive(run, first, 2);
    assertEquals(sendsToSome(), run.delivered(2).get(third));
    run.settle();
    assertEquals(!sendsToSome(), run.delivered(2).get(second));
  }

  private static <W> void arriveAt(DeliveryRun<W> run, int process) {
    List<DeliveryRun.Copy<W>> copies =
        run.inFlight().stream().filter(copy -> copy.to() == process).toList();
    for (DeliveryRun.Copy<W> copy : copies) {
      run.inFlight().remove(copy);
      run.arrive(copy);
    }
  }

  private static <W> void arrive(DeliveryRun<W> run, int message, int process) {
    DeliveryRun.Copy<W> copy =
        run.inFlight().stream()
            .filter(other -> other.message() == message && other.to() == process)
            .findFirst()
            .orElseThrow();
    run.inFlight().remove(copy);
    run.arrive(copy);
  }

  /** Every order of three sendings and their arrivals among three processes. */
  @Example
  void b1ShouldHoldWhenThreeMessagesInterleaveInEveryWay() {
    explore(new ArrayList<>(), 3, 0);
  }

  /**
   * Runs all that can follow a sequence of choices. A choice below the number of copies on their
   * way is an arrival; the others are sendings, by their sender and destination.
   */
  private void explore(List<Integer> choices, int sendsLeft, int copies) {
    if (sendsLeft == 0 && copies == 0) {
      replay(choices);
      return;
    }
    for (int arrival = 0; arrival < copies; arrival++) {
      follow(choices, arrival, sendsLeft, copies - 1);
    }
    // Processes are alike: the first to send may be called the first, the next the second.
    int senders = sendsLeft == 0 ? 0 : Math.min(3, 4 - sendsLeft);
    int sends = senders * sendsOfEach();
    for (int send = 0; send < sends; send++) {
      follow(choices, copies + send, sendsLeft - 1, copies + (sendsToSome() ? 1 : 2));
    }
  }

  private void follow(List<Integer> choices, int choice, int sendsLeft, int copies) {
    choices.add(choice);
    explore(choices, sendsLeft, copies);
    choices.remove(choices.size() - 1);
  }

  private int sendsOfEach() {
    return sendsToSome() ? 2 : 1;
  }

  private void replay(List<Integer> choices) {
    DeliveryRun<W> run = run(3);
    for (int choice : choices) {
      int copies = run.inFlight().size();
      if (choice < copies) {
        run.arrive(run.inFlight().remove(choice));
      } else {
        int from = (choice - copies) / sendsOfEach();
        List<Integer> others = others(from, 3);
        int to = (choice - copies) % sendsOfEach();
        run.send(from, sendsToSome() ? List.of(others.get(to)) : others);
      }
    }
    run.settle();
  }

  /**
   * Every order of arrival of four messages at a process that sends nothing, for every way in which
   * three others can have known of each other's messages.
   */
  @Example
  void b5ShouldHoldWhenFourMessagesArriveInEveryOrder() {
    permute(List.of(0, 1, 2, 3), new ArrayList<>(), this::observeAll);
  }

  private void observeAll(List<Integer> order) {
    for (int shape = 0; shape < 3 * 3 * 3 * 2 * 4 * 8; shape++) {
      observe(shape, order);
    }
  }

  private void observe(int shape, List<Integer> order) {
    DeliveryRun<W> run = run(4);
    int rest = shape;
    for (int message = 0; message < order.size(); message++) {
      int from = message == 0 ? 0 : rest % 3;
      rest /= message == 0 ? 1 : 3;
      for (int earlier = 0; earlier < message; earlier++) {
        if ((rest >> earlier & 1) == 1) {
          learn(run, earlier, from);
        }
      }
      rest >>= message;
      run.send(from, others(from, 4));
    }
    for (int message : order) {
      arrive(run, message, 3);
    }
    assertEquals(order.size(), run.delivered(3).cardinality());
  }

  private static <W> void learn(DeliveryRun<W> run, int message, int process) {
    boolean onItsWay =
        run.inFlight().stream().anyMatch(copy -> copy.message() == message && copy.to() == process);
    if (onItsWay) {
      arrive(run, message, process);
    }
  }

  /**
   * Hands on every order of some things.
   *
   * @param rest what is still to be placed
   * @param placed what is placed already; changed and restored
   * @param use what to do with an order
   */
  private static void permute(
      List<Integer> rest, List<Integer> placed, Consumer<List<Integer>> use) {
    if (rest.isEmpty()) {
      use.accept(placed);
    }
    for (Integer next : rest) {
      placed.add(next);
      permute(rest.stream().filter(other -> !other.equals(next)).toList(), placed, use);
      placed.remove(placed.size() - 1);
    }
  }
}
