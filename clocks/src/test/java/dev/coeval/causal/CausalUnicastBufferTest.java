package dev.coeval.causal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.causal.OfferResult.Outcome;
import dev.coeval.logical.vector.VectorTimestamp;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class CausalUnicastBufferTest {

  private static final Set<String> GROUP = Set.of("a", "b", "c");

  private final CausalUnicastBuffer<String> a = CausalUnicastBuffer.of("a", GROUP);
  private final CausalUnicastBuffer<String> b = CausalUnicastBuffer.of("b", GROUP);
  private final CausalUnicastBuffer<String> c =
      CausalUnicastBuffer.of("c", GROUP, Set.of(), new DeliveryLimits(3, 2));

  private static List<String> contents(List<UnicastMessage<String>> messages) {
    return messages.stream().map(UnicastMessage::content).toList();
  }

  private static VectorTimestamp counts(String text) {
    return VectorTimestamp.parse(text);
  }

  private static UnicastStamp stamp(
      String sender, String destination, long sequence, String delivered, String... barriers) {
    SortedMap<String, VectorTimestamp> at = new TreeMap<>();
    for (int i = 0; i < barriers.length; i += 2) {
      at.put(barriers[i], counts(barriers[i + 1]));
    }
    return new UnicastStamp(sender, destination, sequence, counts(delivered), at);
  }

  @Test
  void shouldSayOnlyWhatIsUnderWayWhenMessagesAreConfirmed() {
    assertEquals(stamp("a", "c", 1, "{}"), a.send("c"));
    UnicastStamp toB = a.send("b");
    assertEquals(stamp("a", "b", 1, "{}", "c", "{a=1}"), toB);
    b.offer(toB, "1");
    UnicastStamp back = b.send("a");
    assertEquals(stamp("b", "a", 1, "{a=1}", "c", "{a=1}"), back);
    a.offer(back, "2");
    assertEquals(stamp("a", "b", 2, "{b=1}", "c", "{a=1}"), a.send("b"));
    assertEquals(stamp("b", "a", 2, "{}", "c", "{a=1}"), b.send("a"));
    c.offer(stamp("a", "c", 1, "{}"), "0");
    UnicastStamp confirmed = c.send("a");
    assertEquals(stamp("c", "a", 1, "{a=1}"), confirmed);
    assertEquals(Outcome.DELIVERED, a.offer(confirmed, "3").outcome());
    assertEquals(stamp("a", "b", 3, "{c=1}"), a.send("b"));
    assertEquals(stamp("a", "c", 2, "{b=1, c=1}", "b", "{a=3}"), a.send("c"));
  }

  @Test
  void shouldStaySmallWhenTwoTalkForLong() {
    int longest = 0;
    for (int turn = 0; turn < 1_000; turn++) {
      UnicastStamp ping = a.send("b");
      b.offer(ping, "ping");
      UnicastStamp pong = b.send("a");
      a.offer(pong, "pong");
      assertTrue(ping.barriers().isEmpty() && pong.barriers().isEmpty());
      longest = Math.max(longest, UnicastStampCodec.encodedLength(pong));
    }
    assertEquals(13, longest);
  }

  @Test
  void shouldOrderWhateverFollowsWhenOneMessageGoesToSeveral() {
    SortedMap<String, UnicastStamp> news = a.send(Set.of("b", "c"));
    assertEquals(
        Map.of(
            "b", stamp("a", "b", 1, "{}", "c", "{a=1}"),
            "c", stamp("a", "c", 1, "{}", "b", "{a=1}")),
        news);
    b.offer(news.get("b"), "news");
    assertEquals(Outcome.HELD, c.offer(b.send("c"), "comment").outcome());
    assertEquals(List.of("news", "comment"), contents(c.offer(news.get("c"), "news").deliveries()));
    assertEquals(Map.of(), a.send(Set.of()));
  }

  @Test
  void shouldRefuseWhatCannotWaitWhenFullAndStillDeliver() {
    UnicastStamp a1 = a.send("c");
    UnicastStamp a2 = a.send("c");
    UnicastStamp a3 = a.send("c");
    UnicastStamp a4 = a.send("c");
    UnicastStamp b1 = b.send("c");
    UnicastStamp b2 = b.send("c");
    UnicastStamp b3 = b.send("c");
    assertEquals(Outcome.HELD, c.offer(a2, "a2").outcome());
    assertEquals(Outcome.HELD, c.offer(a3, "a3").outcome());
    assertEquals(Outcome.DUPLICATE, c.offer(a3, "a3").outcome());
    assertEquals(Outcome.SENDER_FULL, c.offer(a4, "a4").outcome());
    assertEquals(Outcome.HELD, c.offer(b2, "b2").outcome());
    assertEquals(Outcome.FULL, c.offer(b3, "b3").outcome());
    assertEquals(List.of("a1", "a2", "a3"), contents(c.offer(a1, "a1").deliveries()));
    assertEquals(List.of("b1", "b2"), contents(c.offer(b1, "b1").deliveries()));
    assertEquals(Outcome.DUPLICATE, c.offer(b1, "b1").outcome());
    assertEquals(2, c.count(Outcome.DUPLICATE));
    assertEquals(counts("{a=3, b=2}"), c.delivered());
  }

  @Test
  void shouldRefuseStampsWhenTheyClaimWhatCannotBe() {
    assertEquals(Outcome.IMPOSSIBLE, c.offer(stamp("a", "b", 1, "{}"), "not ours").outcome());
    assertEquals(Outcome.IMPOSSIBLE, c.offer(stamp("c", "a", 1, "{}"), "our own").outcome());
    assertEquals(Outcome.IMPOSSIBLE, c.offer(stamp("a", "c", 1, "{c=1}"), "lie").outcome());
    assertEquals(
        Outcome.IMPOSSIBLE, c.offer(stamp("a", "c", 1, "{}", "b", "{c=1}"), "lie").outcome());
    assertEquals(Outcome.NOT_A_MEMBER, c.offer(stamp("x", "c", 1, "{}"), "hello").outcome());
    assertEquals(Outcome.NOT_A_MEMBER, c.offer(stamp("a", "c", 1, "{x=1}"), "news").outcome());
    assertEquals(
        Outcome.NOT_A_MEMBER, c.offer(stamp("a", "c", 1, "{}", "x", "{a=1}"), "1").outcome());
    assertEquals(
        Outcome.NOT_A_MEMBER, c.offer(stamp("a", "c", 1, "{}", "b", "{x=1}"), "1").outcome());
    c.join("x");
    assertEquals(Outcome.DELIVERED, c.offer(stamp("a", "c", 1, "{}", "b", "{x=1}"), "1").outcome());
    assertEquals(Set.of("a", "b", "c", "x"), c.members());
    assertThrows(IllegalArgumentException.class, () -> c.join("x"));
    assertThrows(IllegalArgumentException.class, () -> c.send("c"));
    assertThrows(IllegalArgumentException.class, () -> c.send("y"));
  }

  @Test
  void shouldNotBeAStampWhenItContradictsItself() {
    assertThrows(IllegalArgumentException.class, () -> stamp("a", "b", 0, "{}"));
    assertThrows(IllegalArgumentException.class, () -> stamp("", "b", 1, "{}"));
    assertThrows(IllegalArgumentException.class, () -> stamp("a", "", 1, "{}"));
    assertThrows(IllegalArgumentException.class, () -> stamp("a", "b", 1, "{}", "c", "{}"));
    assertThrows(IllegalArgumentException.class, () -> stamp("a", "b", 1, "{}", "a", "{b=1}"));
    assertThrows(IllegalArgumentException.class, () -> stamp("a", "b", 1, "{}", "b", "{a=1}"));
    assertEquals(counts("{c=1}"), stamp("a", "b", 1, "{}", "b", "{c=1}").barrierAt("b"));
  }

  @Test
  void shouldGoOnWithoutItWhenAMessageIsLostWithItsSender() {
    a.send("c");
    UnicastStamp a2 = a.send("c");
    UnicastStamp a3 = a.send("c");
    UnicastStamp toB = a.send("b");
    b.offer(toB, "b1");
    UnicastStamp b1 = b.send("c");
    assertEquals(Outcome.HELD, c.offer(a3, "a3").outcome());
    assertEquals(Outcome.HELD, c.offer(b1, "b1").outcome());
    assertEquals(List.of(), contents(c.leave("a", 2)));
    assertEquals(1, c.pending());
    assertEquals(Outcome.ORPHANED, c.offer(a3, "a3").outcome());
    assertEquals(List.of(new MessageId("a", 2)), c.missing());
    assertEquals(Outcome.HELD, c.offer(a2, "a2").outcome());
    UnicastStamp b2 = b.send("c");
    assertEquals(Outcome.HELD, c.offer(b2, "b2").outcome());
    assertThrows(IllegalArgumentException.class, () -> c.leave("a", 2));
    assertThrows(IllegalArgumentException.class, () -> c.leave("c", 0));
    assertThrows(IllegalArgumentException.class, () -> c.send("a"));
    assertEquals(
        List.of("a1", "a2", "b1", "b2"),
        contents(c.offer(stamp("a", "c", 1, "{}"), "a1").deliveries()));
    assertEquals(Set.of("a"), c.departed());
    assertEquals(counts("{a=" + Long.MAX_VALUE + ", b=2}"), c.send("b").delivered());
  }

  @Test
  void shouldDeliverAtOnceWhenTheLostMessagesAreGivenUp() {
    a.send("c");
    b.offer(a.send("b"), "b1");
    UnicastStamp b1 = b.send("c");
    UnicastStamp b2 = b.send("c");
    c.offer(b2, "b2");
    c.offer(b1, "b1");
    assertThrows(IllegalArgumentException.class, () -> c.leave("a", Long.MAX_VALUE));
    assertEquals(List.of("b1", "b2"), contents(c.leave("a", 0)));
    assertEquals(0, c.pending());
    assertEquals(List.of(), c.missing());
    UnicastStamp done = c.send("b");
    assertEquals(Outcome.DELIVERED, b.offer(done, "c1").outcome());
    assertEquals(stamp("b", "c", 3, "{c=1}"), b.send("c"));
  }

  @Test
  void shouldWaitForTheLastThatComesWhenTheNextIsLost() {
    UnicastStamp a1 = a.send("c");
    a.send("c");
    b.offer(a.send("b"), "b1");
    UnicastStamp b1 = b.send("c");
    c.send("a");
    c.leave("a", 1);
    assertEquals(stamp("c", "b", 1, "{}"), c.send("b"));
    assertEquals(Outcome.HELD, c.offer(b1, "b1").outcome());
    assertEquals(List.of(new MessageId("a", 1)), c.missing());
    assertEquals(List.of("a1", "b1"), contents(c.offer(a1, "a1").deliveries()));
  }

  @Test
  void shouldKnowThoseThatHaveLeftWhenItJoins() {
    c.leave("a", 0);
    CausalUnicastBuffer<String> d =
        CausalUnicastBuffer.of("d", c.members(), c.departed(), DeliveryLimits.DEFAULT);
    c.join("d");
    assertEquals(List.of("hello"), contents(d.offer(c.send("d"), "hello").deliveries()));
    assertEquals(Set.of("b", "c", "d"), d.members());
    assertEquals("d", d.self());
    assertThrows(IllegalArgumentException.class, () -> d.join("a"));
  }

  @Test
  void shouldStillWaitForOthersWhenAMemberHasLeft() {
    CausalUnicastBuffer<String> d = CausalUnicastBuffer.of("d", Set.of("a", "b", "c", "d"));
    d.offer(stamp("b", "d", 1, "{}", "d", "{a=3, c=1}"), "waits for both");
    assertEquals(List.of(), d.leave("a", 1));
    assertEquals(List.of("a1"), contents(d.offer(stamp("a", "d", 1, "{}"), "a1").deliveries()));
    assertEquals(
        List.of("c1", "waits for both"),
        contents(d.offer(stamp("c", "d", 1, "{}"), "c1").deliveries()));
  }
}
