package dev.coeval.logical.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class VectorTextProperties {

  @Provide
  Arbitrary<VectorTimestamp> stamps() {
    return VectorStamps.any();
  }

  /** Text of the characters that mean something. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("{}=, ?\"\\u01a").ofMaxLength(12).map(s -> "{" + s);
  }

  @Property(tries = 500)
  void shouldReadWhatItWroteWhenStampsAreArbitrary(@ForAll("stamps") VectorTimestamp stamp) {
    VectorTimestamp read = VectorTimestamp.parse(stamp.toString());
    assertEquals(stamp, read);
    assertEquals(stamp.pruned(), read.pruned());
    assertEquals(stamp.toMap(), read.toMap());
  }

  @Property
  void shouldGiveAStampThatIsWrittenSoWhenTextIsArbitrary(@ForAll("texts") String text) {
    try {
      assertEquals(text, VectorTimestamp.parse(text).toString());
    } catch (StampFormatException refused) {
      assertEquals(Reason.NOT_A_STAMP, refused.reason());
    }
  }

  @Property
  void shouldGiveAStampThatIsWrittenSoWhenTextIsBent(
      @ForAll("stamps") VectorTimestamp stamp, @ForAll int place, @ForAll char unit) {
    StringBuilder text = new StringBuilder(stamp.toString());
    text.setCharAt(Math.floorMod(place, text.length()), unit);
    shouldGiveAStampThatIsWrittenSoWhenTextIsArbitrary(text.toString());
  }

  @Example
  void shouldWriteTheseTextsWhenAskedAtAnyTime() {
    assertEquals("{}", VectorTimestamp.empty().toString());
    VectorTimestamp stamp =
        VectorTimestamp.of(Map.of("a-1", 1L, "b c", 2L, "q\"\\", 3L, "z\n", Long.MAX_VALUE));
    assertEquals(
        "{a-1=1, \"b c\"=2, \"q\\\"\\\\\"=3, \"z\\u000a\"=9223372036854775807}", stamp.toString());
    assertEquals(
        "{a-1=?, \"b c\"=2, \"q\\\"\\\\\"=3, \"z\\u000a\"=?}",
        stamp.prune("a-1").prune("z\n").toString());
  }

  @Example
  void shouldRefuseWhenTextIsNotHowAStampIsWritten() {
    List<String> texts =
        List.of(
            "",
            "{",
            "}",
            "a=1",
            "{a=1",
            "{a=1}x",
            " {a=1}",
            "{a=0}",
            "{a=-1}",
            "{a=01}",
            "{a=+1}",
            "{a=1,b=1}",
            "{a=1, }",
            "{b=1, a=1}",
            "{a=1, a=1}",
            "{a=1, a=?}",
            "{a=?, a=1}",
            "{a=?, a=?}",
            "{\"a\"=1}",
            "{=1}",
            "{\"\"=1}",
            "{a=}",
            "{a=??}",
            "{a=9223372036854775808}",
            "{\"\\n\"=1}",
            "{\"\\u000A\"=1}",
            "{\"\\u00\"=1}",
            "{\"\uD83D\"=1}",
            "{" + "x".repeat(256) + "=1}",
            "{a=1 b=2}",
            "{a=\u0661}");
    for (String text : texts) {
      StampFormatException refused =
          assertThrows(StampFormatException.class, () -> VectorTimestamp.parse(text), text);
      assertEquals(Reason.NOT_A_STAMP, refused.reason());
    }
  }

  @Example
  void shouldQuoteANameWhenItHasMoreThanLettersAndDigits() {
    for (String name : List.of("azAZ09", "a", "z", "A", "Z", "0", "9")) {
      VectorTimestamp stamp = VectorTimestamp.of(Map.of(name, 1L));
      assertEquals("{" + name + "=1}", stamp.toString());
    }
    for (String name : List.of("`", "{", "[", ";", "a b")) {
      VectorTimestamp stamp = VectorTimestamp.of(Map.of(name, 1L));
      assertEquals("{\"" + name + "\"=1}", stamp.toString());
    }
  }
}
