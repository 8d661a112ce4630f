package dev.coeval.logical.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.StampFormatException;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

final class ActorIdProperties {

  @Property
  void shouldReadBackWhenIdIsAny(
      @ForAll @AlphaChars @Chars({'~', '.', '\n', '1'}) @StringLength(min = 1, max = 20)
          String name,
      @ForAll @LongRange(min = 0, max = ActorId.MAX_LINEAGE) long lineage,
      @ForAll @LongRange(min = 1) long incarnation) {
    ActorId id = new ActorId(name, lineage, incarnation);
    assertEquals(id, ActorId.parse(id.toString()));
  }

  @Property
  void shouldReadBackOrRefuseWhenTextIsAny(@ForAll String text) {
    for (String given : new String[] {text, text + "~000000000001.1", "a~00000000000" + text}) {
      try {
        assertEquals(given, ActorId.parse(given).toString());
      } catch (StampFormatException refused) {
        assertEquals(StampFormatException.Reason.NOT_A_STAMP, refused.reason());
      }
    }
  }

  @Example
  void shouldBeReadableWhenPrinted() {
    assertEquals("cart~3f9a61c07d2e.4", new ActorId("cart", 0x3f9a61c07d2eL, 4).toString());
    assertEquals("a~000000000000.1", new ActorId("a", 0, 1).toString());
    assertEquals(
        "a~ffffffffffff.9223372036854775807",
        new ActorId("a", ActorId.MAX_LINEAGE, Long.MAX_VALUE).toString());
  }

  @Example
  void shouldRefuseWhenTextIsSpeltOtherwise() {
    for (String text :
        new String[] {
          "",
          "cart",
          "cart~3f9a61c07d2e",
          "cart~3F9A61C07D2E.4",
          "cart~3f9a61c07d2e.04",
          "cart~3f9a61c07d2e.0",
          "cart~f9a61c07d2e.4",
          "~3f9a61c07d2e.4",
          "cart~3f9a61c07d2e.4 ",
          "cart~3f9a61c07d2e.9223372036854775808",
          "cart~3f9a61c07d2e.\u0664"
        }) {
      assertThrows(StampFormatException.class, () -> ActorId.parse(text), text);
    }
  }

  @Example
  void shouldThrowWhenArgumentsAreWrong() {
    assertThrows(IllegalArgumentException.class, () -> new ActorId("", 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new ActorId("a", -1, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new ActorId("a", ActorId.MAX_LINEAGE + 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new ActorId("a", 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new ActorId("a".repeat(241), 0, 1));
    assertEquals(255, new ActorId("a".repeat(240), 0, 1).toString().length());
    ActorId last = new ActorId("a", 0, Long.MAX_VALUE);
    assertThrows(ArithmeticException.class, last::next);
  }

  @Example
  void shouldOrderIncarnationsOnlyWhenInOneLineage() {
    ActorId first = new ActorId("a", 5, 1);
    assertTrue(first.next().isLaterThan(first));
    assertFalse(first.isLaterThan(first));
    assertFalse(first.isLaterThan(first.next()));
    assertFalse(new ActorId("a", 6, 2).isLaterThan(first));
    assertFalse(new ActorId("b", 5, 2).isLaterThan(first));
  }
}
