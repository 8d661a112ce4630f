package dev.coeval.causal;

import dev.coeval.logical.laws.CausalDeliveryLaws;
import dev.coeval.logical.laws.DeliveryProcess;
import java.util.List;
import java.util.Set;

/** Our unicast buffer keeps the laws of causal delivery. */
final class CausalUnicastContract extends CausalDeliveryLaws<UnicastMessage<Integer>> {

  @Override
  protected DeliveryProcess<UnicastMessage<Integer>> process(String self, List<String> group) {
    return new UnicastProcess(CausalUnicastBuffer.of(self, Set.copyOf(group)));
  }

  @Override
  protected boolean sendsToSome() {
    return true;
  }
}
