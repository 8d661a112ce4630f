package dev.coeval.causal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coeval.causal.OfferResult.Outcome;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Elsewhere, A's message to C came after one of B's that B sent knowing of it. */
final class CausalTriangleTest {

  private static final Set<String> GROUP = Set.of("a", "b", "c");

  @Test
  void shouldDeliverTheFirstFirstWhenEachMessageGoesToOne() {
    CausalUnicastBuffer<String> a = CausalUnicastBuffer.of("a", GROUP);
    CausalUnicastBuffer<String> b = CausalUnicastBuffer.of("b", GROUP);
    CausalUnicastBuffer<String> c = CausalUnicastBuffer.of("c", GROUP);
    UnicastStamp first = a.send("c");
    assertEquals(Outcome.DELIVERED, b.offer(a.send("b"), "go on").outcome());
    assertEquals(Outcome.HELD, c.offer(b.send("c"), "then").outcome());
    assertEquals(List.of(new MessageId("a", 1)), c.missing());
    assertEquals(
        List.of("first", "then"),
        c.offer(first, "first").deliveries().stream().map(UnicastMessage::content).toList());
  }

  @Test
  void shouldDeliverTheFirstFirstWhenMessagesGoToAll() {
    GroupView view = GroupView.of(GROUP);
    CausalBroadcastBuffer<String> a = CausalBroadcastBuffer.of("a", view);
    CausalBroadcastBuffer<String> b = CausalBroadcastBuffer.of("b", view);
    CausalBroadcastBuffer<String> c = CausalBroadcastBuffer.of("c", view);
    BroadcastStamp first = a.send();
    assertEquals(Outcome.DELIVERED, b.offer(first, "first").outcome());
    assertEquals(Outcome.HELD, c.offer(b.send(), "then").outcome());
    assertEquals(
        List.of("first", "then"),
        c.offer(first, "first").deliveries().stream().map(BroadcastMessage::content).toList());
  }
}
