package dev.coeval.logical.laws;

import java.util.List;
import java.util.Map;

/**
 * One process whose causal delivery is examined. Messages are numbers here.
 *
 * @param <W> what goes over the network
 */
public interface DeliveryProcess<W> {

  /**
   * Sends a message.
   *
   * @param message its number
   * @param destinations the processes that it is for, never this one
   * @return what goes to each of them
   */
  Map<String, W> send(int message, List<String> destinations);

  /**
   * Takes what comes from the network, maybe late, twice, or out of order.
   *
   * @param message what was sent
   * @return the numbers of the messages that are delivered now, in this order
   */
  List<Integer> receive(W message);

  /**
   * How many messages are held back.
   *
   * @return their number
   */
  int pending();
}
