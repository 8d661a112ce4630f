package dev.coeval.causal;

import dev.coeval.logical.laws.DeliveryProcess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A unicast buffer as a process that can be examined. */
record UnicastProcess(CausalUnicastBuffer<Integer> buffer)
    implements DeliveryProcess<UnicastMessage<Integer>> {

  @Override
  public Map<String, UnicastMessage<Integer>> send(int message, List<String> destinations) {
    Map<String, UnicastMessage<Integer>> sent = new HashMap<>();
    buffer
        .send(Set.copyOf(destinations))
        .forEach((to, stamp) -> sent.put(to, new UnicastMessage<>(stamp, message)));
    return sent;
  }

  @Override
  public List<Integer> receive(UnicastMessage<Integer> message) {
    return buffer.offer(message.stamp(), message.content()).deliveries().stream()
        .map(UnicastMessage::content)
        .toList();
  }

  @Override
  public int pending() {
    return buffer.pending();
  }
}
