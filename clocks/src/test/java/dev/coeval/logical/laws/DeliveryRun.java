package dev.coeval.logical.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A run of processes that send each other messages, judged at every step by the definition: of each
 * message the set of those sent before it, of each process the set of those in its past.
 *
 * <p>When a message arrives, exactly those must be delivered that have arrived and whose past is
 * delivered, as far as it was for this process: no fewer (law B5), no more (B1), none twice (B2).
 *
 * @param <W> what goes over the network
 */
public final class DeliveryRun<W> {

  /**
   * A message on its way.
   *
   * @param <W> what goes over the network
   * @param message its number
   * @param to the process that it goes to
   * @param wire what goes there
   */
  public record Copy<W>(int message, int to, W wire) {}

  private final List<String> names;
  private final List<? extends DeliveryProcess<W>> processes;
  private final List<Copy<W>> inFlight = new ArrayList<>();

  /** By message: what was sent before it. */
  private final List<BitSet> pasts = new ArrayList<>();

  /** By process: the messages sent before now, those for it, arrived at it, delivered to it. */
  private final List<BitSet> known = new ArrayList<>();

  private final List<BitSet> addressed = new ArrayList<>();
  private final List<BitSet> arrived = new ArrayList<>();
  private final List<BitSet> delivered = new ArrayList<>();

  /** What happened; written out only if something is wrong. */
  private final List<Object> story = new ArrayList<>();

  /**
   * A run in which nothing has been sent.
   *
   * @param names the processes
   * @param processes the same, as they are to be examined
   */
  public DeliveryRun(List<String> names, List<? extends DeliveryProcess<W>> processes) {
    this.names = names;
    this.processes = processes;
    for (int process = 0; process < names.size(); process++) {
      known.add(new BitSet());
      addressed.add(new BitSet());
      arrived.add(new BitSet());
      delivered.add(new BitSet());
    }
  }

  /**
   * Lets a process send.
   *
   * @param from the process
   * @param to the processes that the message is for
   * @return the number of the message
   */
  public int send(int from, List<Integer> to) {
    int message = pasts.size();
    Collections.addAll(story, "send", message, from, to);
    pasts.add((BitSet) known.get(from).clone());
    known.get(from).set(message);
    Map<String, W> wires = processes.get(from).send(message, to.stream().map(names::get).toList());
    for (int destination : to) {
      addressed.get(destination).set(message);
      W wire = wires.get(names.get(destination));
      assertTrue(wire != null, "sent to each destination");
      inFlight.add(new Copy<>(message, destination, wire));
    }
    return message;
  }

  /**
   * The messages on their way.
   *
   * @return the copies in the order of their sending
   */
  public List<Copy<W>> inFlight() {
    return inFlight;
  }

  /**
   * Lets a copy arrive, and judges what its receiver makes of it.
   *
   * @param copy the copy; it stays on its way until it is removed there
   */
  public void arrive(Copy<W> copy) {
    int process = copy.to();
    Collections.addAll(story, "arrive", copy.message(), process);
    arrived.get(process).set(copy.message());
    BitSet expected = deliverable(process);
    List<Integer> deliveries = processes.get(process).receive(copy.wire());
    for (int message : deliveries) {
      assertTrue(!delivered.get(process).get(message), () -> "b2: twice " + message + story);
      assertTrue(isDue(process, message), () -> "b1: too early " + message + story);
      delivered.get(process).set(message);
      known.get(process).or(pasts.get(message));
      known.get(process).set(message);
    }
    assertEquals(expected, delivered.get(process), () -> "b5: not at once " + story);
    BitSet waiting = (BitSet) arrived.get(process).clone();
    waiting.andNot(expected);
    assertEquals(waiting.cardinality(), processes.get(process).pending(), () -> "held " + story);
  }

  /** Whether a message that is for a process has arrived, and all before it are delivered. */
  private boolean isDue(int process, int message) {
    return arrived.get(process).get(message)
        && isSatisfied(process, message, delivered.get(process));
  }

  private boolean isSatisfied(int process, int message, BitSet deliveredThere) {
    BitSet lacking = (BitSet) pasts.get(message).clone();
    lacking.and(addressed.get(process));
    lacking.andNot(deliveredThere);
    return lacking.isEmpty();
  }

  /** What is delivered when everything is that can be. */
  private BitSet deliverable(int process) {
    BitSet all = (BitSet) delivered.get(process).clone();
    boolean grown = true;
    while (grown) {
      grown = false;
      BitSet waiting = (BitSet) arrived.get(process).clone();
      waiting.andNot(all);
      for (int message : waiting.stream().toArray()) {
        if (isSatisfied(process, message, all)) {
          all.set(message);
          grown = true;
        }
      }
    }
    return all;
  }

  /**
   * What a process has delivered.
   *
   * @param process the process
   * @return the numbers of the messages
   */
  public BitSet delivered(int process) {
    return (BitSet) delivered.get(process).clone();
  }

  /** Lets all that is on its way arrive, and checks that nothing is left (law B4). */
  public void settle() {
    while (!inFlight.isEmpty()) {
      arrive(inFlight.remove(inFlight.size() - 1));
    }
    for (int process = 0; process < names.size(); process++) {
      assertEquals(0, processes.get(process).pending(), () -> "b4: held for ever " + story);
      assertEquals(addressed.get(process), delivered.get(process), () -> "b3: lost " + story);
    }
  }
}
