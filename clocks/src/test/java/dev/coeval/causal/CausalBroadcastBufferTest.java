package dev.coeval.causal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.causal.OfferResult.Outcome;
import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.StampRejectedException;
import dev.coeval.logical.vector.VectorTimestamp;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CausalBroadcastBufferTest {

  private static final GroupView GROUP = GroupView.of(Set.of("a", "b", "c"));

  private final List<String> stable = new ArrayList<>();
  private final CausalBroadcastBuffer<String> a = CausalBroadcastBuffer.of("a", GROUP);
  private final CausalBroadcastBuffer<String> b = CausalBroadcastBuffer.of("b", GROUP);
  private final CausalBroadcastBuffer<String> c =
      CausalBroadcastBuffer.of(
          "c",
          GROUP,
          new DeliveryLimits(3, 2),
          (sender, sequence) -> stable.add(sender + "#" + sequence));

  private static List<String> contents(OfferResult<BroadcastMessage<String>> result) {
    return result.deliveries().stream().map(BroadcastMessage::content).toList();
  }

  private static VectorTimestamp counts(Map<String, Long> counts) {
    return VectorTimestamp.of(counts);
  }

  @Test
  void shouldHoldTheAnswerWhenTheQuestionIsNotThere() {
    BroadcastStamp question = a.send();
    assertEquals(List.of("question"), contents(b.offer(question, "question")));
    BroadcastStamp answer = b.send();
    assertEquals(CausalOrder.BEFORE, question.relationTo(answer));
    assertEquals(Outcome.HELD, c.offer(answer, "answer").outcome());
    assertEquals(List.of(new MessageId("a", 1)), c.missing());
    assertEquals(1, c.pending());
    assertEquals(List.of("question", "answer"), contents(c.offer(question, "question")));
    assertEquals(0, c.pending());
    assertEquals(List.of(), c.missing());
    assertEquals(counts(Map.of("a", 1L, "b", 1L)), c.delivered());
  }

  @Test
  void shouldDeliverOnceWhenMessagesComeTwice() {
    BroadcastStamp first = a.send();
    BroadcastStamp second = a.send();
    assertEquals(Outcome.HELD, c.offer(second, "2").outcome());
    assertEquals(Outcome.DUPLICATE, c.offer(second, "2").outcome());
    assertEquals(List.of("1", "2"), contents(c.offer(first, "1")));
    assertEquals(Outcome.DUPLICATE, c.offer(first, "1").outcome());
    assertEquals(Outcome.DUPLICATE, c.offer(second, "2").outcome());
    assertEquals(Outcome.DUPLICATE, a.offer(second, "2").outcome());
    assertEquals(3, c.count(Outcome.DUPLICATE));
    assertEquals(1, c.count(Outcome.DELIVERED));
    assertEquals(0, c.count(Outcome.FULL));
  }

  @Test
  void shouldRefuseWhatCannotWaitWhenFullAndStillDeliver() {
    BroadcastStamp a1 = a.send();
    BroadcastStamp a2 = a.send();
    BroadcastStamp a3 = a.send();
    BroadcastStamp a4 = a.send();
    BroadcastStamp b1 = b.send();
    BroadcastStamp b2 = b.send();
    BroadcastStamp b3 = b.send();
    assertEquals(Outcome.HELD, c.offer(a2, "a2").outcome());
    assertEquals(Outcome.HELD, c.offer(a3, "a3").outcome());
    assertEquals(Outcome.SENDER_FULL, c.offer(a4, "a4").outcome());
    assertEquals(Outcome.HELD, c.offer(b2, "b2").outcome());
    assertEquals(Outcome.FULL, c.offer(b3, "b3").outcome());
    assertEquals(3, c.pending());
    assertEquals(List.of(new MessageId("a", 1), new MessageId("b", 1)), c.missing());
    assertEquals(List.of("a1", "a2", "a3"), contents(c.offer(a1, "a1")));
    assertEquals(List.of("b1", "b2"), contents(c.offer(b1, "b1")));
    assertEquals(List.of("a4"), contents(c.offer(a4, "a4")));
    assertEquals(List.of("b3"), contents(c.offer(b3, "b3")));
  }

  @Test
  void shouldRefuseStampsWhenTheyClaimWhatWeNeverSent() {
    BroadcastStamp liar = new BroadcastStamp("a", counts(Map.of("a", 1L, "c", 1L)));
    assertEquals(Outcome.IMPOSSIBLE, c.offer(liar, "lie").outcome());
    BroadcastStamp forged = new BroadcastStamp("c", counts(Map.of("c", 1L)));
    assertEquals(Outcome.IMPOSSIBLE, c.offer(forged, "lie").outcome());
    BroadcastStamp stranger = new BroadcastStamp("x", counts(Map.of("x", 1L)));
    assertEquals(Outcome.NOT_A_MEMBER, c.offer(stranger, "hello").outcome());
    assertFalse(c.acknowledge("a", counts(Map.of("c", 1L))));
    assertFalse(c.acknowledge("x", counts(Map.of("a", 1L))));
    assertFalse(c.acknowledge("c", counts(Map.of("a", 1L))));
    assertEquals(VectorTimestamp.empty(), c.delivered());
    assertEquals(0, c.pending());
  }

  @Test
  void shouldBecomeStableWhenTheLastMemberHasDelivered() {
    BroadcastStamp first = a.send();
    c.offer(first, "1");
    assertEquals(List.of(), stable);
    b.offer(first, "1");
    assertTrue(c.acknowledge("b", b.delivered()));
    assertEquals(List.of("a#1"), stable);
    assertEquals(counts(Map.of("a", 1L)), c.stable());
    BroadcastStamp second = c.send();
    assertTrue(c.acknowledge("b", counts(Map.of("a", 1L, "c", 1L))));
    assertEquals(List.of("a#1"), stable);
    a.offer(second, "2");
    c.offer(a.send(), "3");
    assertEquals(List.of("a#1", "c#1"), stable);
  }

  @Test
  void shouldWaitForTheNewMemberWhenOneHasJoined() {
    c.join("d");
    BroadcastStamp first = a.send();
    c.offer(first, "1");
    c.acknowledge("b", counts(Map.of("a", 1L)));
    assertEquals(List.of(), stable);
    c.acknowledge("d", counts(Map.of("a", 1L)));
    assertEquals(List.of("a#1"), stable);
    assertThrows(IllegalArgumentException.class, () -> c.join("d"));
    assertThrows(IllegalArgumentException.class, () -> c.join(""));
    assertEquals(Set.of("a", "b", "c", "d"), c.members());
  }

  @Test
  void shouldStartWhereItsSponsorStandsWhenJoining() {
    BroadcastStamp a1 = a.send();
    c.offer(a1, "a1");
    c.join("d");
    CausalBroadcastBuffer<String> d = CausalBroadcastBuffer.of("d", c.view());
    assertEquals(c.delivered(), d.delivered());
    assertEquals(Set.of("a", "b", "c", "d"), d.members());
    assertEquals(VectorTimestamp.empty(), d.stable());
    assertEquals(Outcome.DUPLICATE, d.offer(a1, "a1").outcome());
    assertEquals(List.of("a2"), contents(d.offer(a.send(), "a2")));
    assertEquals(Outcome.HELD, c.offer(d.send(), "d1").outcome());
    assertEquals(List.of(new MessageId("a", 2)), c.missing());
  }

  @Test
  void shouldDeliverUpToTheLastMessageWhenAMemberLeaves() {
    BroadcastStamp a1 = a.send();
    BroadcastStamp a2 = a.send();
    BroadcastStamp a3 = a.send();
    b.offer(a1, "a1");
    b.offer(a2, "a2");
    b.offer(a3, "a3");
    BroadcastStamp b1 = b.send();
    c.offer(a2, "a2");
    c.offer(a3, "a3");
    c.offer(b1, "b1");
    List<BroadcastMessage<String>> discarded = c.leave("a", 2);
    assertEquals(List.of("a3", "b1"), discarded.stream().map(BroadcastMessage::content).toList());
    assertEquals(Outcome.ORPHANED, c.offer(a3, "a3").outcome());
    assertEquals(Outcome.ORPHANED, c.offer(b1, "b1").outcome());
    assertEquals(List.of("a1", "a2"), contents(c.offer(a1, "a1")));
    assertEquals(0, c.pending());
    assertEquals(List.of(), c.missing());
    assertThrows(IllegalArgumentException.class, () -> c.leave("a", 2));
    assertThrows(IllegalArgumentException.class, () -> c.leave("c", 2));
    assertThrows(IllegalArgumentException.class, () -> c.leave("x", 2));
    assertThrows(IllegalArgumentException.class, () -> c.join("a"));
  }

  @Test
  void shouldNotWaitForAMemberWhenItHasLeft() {
    c.offer(b.send(), "b1");
    assertEquals(List.of(), stable);
    c.leave("a", 0);
    assertEquals(List.of("b#1"), stable);
    assertThrows(IllegalArgumentException.class, () -> c.leave("b", 0));
    assertEquals(Set.of("b", "c"), c.members());
  }

  @Test
  void shouldLeaveTheDepartedOutOfStampsWhenRetired() {
    BroadcastStamp a1 = a.send();
    assertFalse(c.retire("a"));
    c.leave("a", 1);
    assertFalse(c.retire("a"));
    c.offer(a1, "a1");
    assertFalse(c.retire("a"));
    c.acknowledge("b", counts(Map.of("a", 1L)));
    assertEquals(1, c.send().vector().count("a"));
    assertTrue(c.retire("a"));
    assertEquals(counts(Map.of("c", 2L)), c.send().vector());
    assertEquals(1, c.delivered().count("a"));
    assertEquals(Outcome.DUPLICATE, c.offer(a1, "a1").outcome());
    assertFalse(c.retire("x"));
  }

  @Test
  void shouldForgetWhatItHeldWhenItIsWithdrawn() {
    BroadcastStamp a1 = a.send();
    BroadcastStamp a2 = a.send();
    b.send();
    BroadcastStamp b2 = b.send();
    c.offer(a2, "a2");
    c.offer(b2, "b2");
    assertEquals(List.of("a2"), c.withdraw("a").stream().map(BroadcastMessage::content).toList());
    assertEquals(List.of(), c.withdraw("a"));
    assertEquals(1, c.pending());
    assertEquals(List.of(new MessageId("b", 1)), c.missing());
    assertEquals(List.of("a1"), contents(c.offer(a1, "a1")));
    assertEquals(List.of("a2"), contents(c.offer(a2, "a2")));
    assertEquals("c", c.self());
  }

  @Test
  void shouldCountWhatASenderHasLeftWhenOneOfItsMessagesIsDelivered() {
    BroadcastStamp a1 = a.send();
    b.offer(a1, "a1");
    BroadcastStamp b1 = b.send();
    BroadcastStamp c1 = c.send();
    b.offer(c1, "c1");
    CausalBroadcastBuffer<String> other =
        CausalBroadcastBuffer.of("a", GROUP, new DeliveryLimits(9, 2), (sender, sequence) -> {});
    other.send();
    BroadcastStamp b2 = b.send();
    BroadcastStamp b3 = b.send();
    BroadcastStamp b4 = b.send();
    assertEquals(Outcome.HELD, other.offer(b2, "b2").outcome());
    assertEquals(Outcome.HELD, other.offer(b3, "b3").outcome());
    assertEquals(Outcome.SENDER_FULL, other.offer(b4, "b4").outcome());
    assertEquals(List.of("b1"), contents(other.offer(b1, "b1")));
    assertEquals(Outcome.SENDER_FULL, other.offer(b4, "b4").outcome());
    assertEquals(List.of("c1", "b2", "b3"), contents(other.offer(c1, "c1")));
    BroadcastStamp b5 = b.send();
    BroadcastStamp b6 = b.send();
    assertEquals(Outcome.HELD, other.offer(b5, "b5").outcome());
    assertEquals(Outcome.HELD, other.offer(b6, "b6").outcome());
    assertEquals(List.of("b4", "b5", "b6"), contents(other.offer(b4, "b4")));
  }

  @Test
  void shouldOrderMessagesWhenTheirStampsAreCompared() {
    BroadcastStamp a1 = a.send();
    BroadcastStamp b1 = b.send();
    c.offer(a1, "a1");
    BroadcastStamp c1 = c.send();
    assertEquals(CausalOrder.EQUAL, a1.relationTo(a1));
    assertEquals(CausalOrder.BEFORE, a1.relationTo(c1));
    assertEquals(CausalOrder.AFTER, c1.relationTo(a1));
    assertEquals(CausalOrder.CONCURRENT, b1.relationTo(c1));
    assertEquals("a#1", a1.id().toString());
  }

  @Test
  void shouldNeedAnotherCopyWhenAMessageIsNotAccepted() {
    Set<Outcome> accepted = EnumSet.noneOf(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      if (outcome.isAccepted()) {
        accepted.add(outcome);
      }
    }
    assertEquals(EnumSet.of(Outcome.DELIVERED, Outcome.HELD, Outcome.DUPLICATE), accepted);
  }

  @Test
  void shouldRefuseAGroupOrLimitsWhenTheyMakeNoSense() {
    assertThrows(IllegalArgumentException.class, () -> GroupView.of(Set.of("")));
    assertThrows(IllegalArgumentException.class, () -> new DeliveryLimits(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> new DeliveryLimits(0, -1));
    CausalBroadcastBuffer<String> strict =
        CausalBroadcastBuffer.of("c", GROUP, new DeliveryLimits(0, 0), (sender, sequence) -> {});
    BroadcastStamp a1 = a.send();
    assertEquals(Outcome.SENDER_FULL, strict.offer(a.send(), "a2").outcome());
    assertEquals(List.of("a1"), contents(strict.offer(a1, "a1")));
  }

  @Test
  void shouldTakeAsManyActorsAsAStampWhenTheyJoin() {
    Roster roster = new Roster();
    for (int actor = 0; actor < VectorTimestamp.MAX_ACTORS; actor++) {
      roster.add("m" + actor, 0, Long.MAX_VALUE);
    }
    assertThrows(StampRejectedException.class, () -> roster.add("more", 0, Long.MAX_VALUE));
  }
}
