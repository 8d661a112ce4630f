package dev.coeval.causal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.coeval.causal.LogFinding.Kind;
import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.vector.VectorTimestamp;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class CausalLogTest {

  private static CausalEvent event(String actor, String stamp) {
    return new CausalEvent(actor, VectorTimestamp.parse(stamp), stamp);
  }

  private static List<Kind> findings(CausalEvent... events) {
    return CausalLog.of(Arrays.asList(events)).check().stream().map(LogFinding::kind).toList();
  }

  @Test
  void shouldNameWhatIsMissingWhenTheLogHasHoles() {
    assertEquals(
        List.of(Kind.MISSING_BEFORE, Kind.MISSING_CAUSE),
        findings(event("a", "{a=1}"), event("a", "{a=3, b=1}")));
    assertEquals(List.of(Kind.MISSING_BEFORE), findings(event("a", "{a=2}")));
    assertEquals(
        List.of(Kind.MISSING_CAUSE), findings(event("a", "{a=1, b=2}"), event("b", "{b=1}")));
  }

  @Test
  void shouldNameWhatIsWrongWhenStampsAreNoCausalHistory() {
    assertEquals(List.of(Kind.SAME_NUMBER), findings(event("a", "{a=1}"), event("a", "{a=1}")));
    assertEquals(
        List.of(Kind.FORGETS_OWN_PAST),
        findings(event("a", "{a=1, b=1}"), event("a", "{a=2}"), event("b", "{b=1}")));
    assertEquals(
        List.of(Kind.FORGETS_PAST_OF_CAUSE),
        findings(event("a", "{a=1, b=1}"), event("b", "{b=1, c=1}"), event("c", "{c=1}")));
    assertEquals(
        List.of(Kind.CAUSES_ITSELF, Kind.CAUSES_ITSELF),
        findings(event("a", "{a=1, b=1}"), event("b", "{a=1, b=1}")));
  }

  @Test
  void shouldThrowWhenTheOrderGoesRoundInACircle() {
    CausalLog circle = CausalLog.of(List.of(event("a", "{a=1, b=1}"), event("b", "{a=1, b=1}")));
    assertThrows(IllegalStateException.class, circle::inCausalOrder);
    assertThrows(IllegalStateException.class, circle::longestChain);
    assertThrows(IllegalArgumentException.class, () -> GlobalPredicates.of(circle, 10));
    assertThrows(IllegalArgumentException.class, () -> event("a", "{b=1}"));
    assertThrows(IllegalArgumentException.class, () -> event("", "{b=1}"));
  }

  @Test
  void shouldAnswerWhenThereIsNothing() {
    CausalLog empty = CausalLog.of(List.of());
    assertEquals(List.of(), empty.check());
    assertEquals(List.of(), empty.longestChain());
    assertEquals(0, empty.concurrentPairs());
    assertEquals(List.of(), empty.events("a"));
  }

  @Test
  void shouldTellTheEventWhenSomethingIsFound() {
    CausalEvent late = event("a", "{a=2}");
    LogFinding finding = CausalLog.of(List.of(late)).check().get(0);
    assertEquals(late, finding.event());
    assertEquals("a {a=2}: the one before it has the number 0", finding.detail());
    assertEquals(CausalOrder.CONCURRENT, late.relationTo(event("b", "{a=1, b=1}")));
  }

  @Test
  void shouldSayHowManyEventsHaveNoOrderWhenSomeHave() {
    CausalLog circle =
        CausalLog.of(
            List.of(event("a", "{a=1, b=1}"), event("b", "{a=1, b=1}"), event("c", "{c=1}")));
    Exception thrown = assertThrows(IllegalStateException.class, circle::inCausalOrder);
    assertEquals("2 events cause themselves, or follow from such", thrown.getMessage());
  }

  @Test
  void shouldCountUpToTheLastEventWhenAStateIsCut() {
    CausalEvent second = event("a", "{a=2}");
    assertEquals(
        VectorTimestamp.parse("{a=2}"), new GlobalState(new TreeMap<>(Map.of("a", second))).cut());
  }
}
