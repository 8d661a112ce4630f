package dev.coeval.causal;

import dev.coeval.logical.laws.CausalDeliveryLaws;
import dev.coeval.logical.laws.DeliveryProcess;
import java.util.List;
import java.util.Set;

/** Our broadcast buffer keeps the laws of causal delivery. */
final class CausalBroadcastContract extends CausalDeliveryLaws<BroadcastMessage<Integer>> {

  @Override
  protected DeliveryProcess<BroadcastMessage<Integer>> process(String self, List<String> group) {
    return new BroadcastProcess(CausalBroadcastBuffer.of(self, GroupView.of(Set.copyOf(group))));
  }

  @Override
  protected boolean sendsToSome() {
    return false;
  }
}
