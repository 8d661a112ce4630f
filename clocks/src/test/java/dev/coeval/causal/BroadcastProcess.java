package dev.coeval.causal;

import dev.coeval.logical.laws.DeliveryProcess;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A broadcast buffer as a process that can be examined. */
record BroadcastProcess(CausalBroadcastBuffer<Integer> buffer)
    implements DeliveryProcess<BroadcastMessage<Integer>> {

  @Override
  public Map<String, BroadcastMessage<Integer>> send(int message, List<String> destinations) {
    BroadcastMessage<Integer> sent = new BroadcastMessage<>(buffer.send(), message);
    return destinations.stream().collect(Collectors.toMap(Function.identity(), any -> sent));
  }

  @Override
  public List<Integer> receive(BroadcastMessage<Integer> message) {
    return buffer.offer(message.stamp(), message.content()).deliveries().stream()
        .map(BroadcastMessage::content)
        .toList();
  }

  @Override
  public int pending() {
    return buffer.pending();
  }
}
