package dev.coeval.logical.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import dev.coeval.logical.bytes.StampKind;
import dev.coeval.logical.bytes.StampOutput;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class IntervalTreeTextProperties {

  @Property
  void shouldReadWhatItWroteWhenTreesAreRandom(@ForAll long seed) {
    IntervalTreeStamp stamp = RandomTrees.stamp(seed);
    assertEquals(stamp, IntervalTreeStamp.parse(stamp.toString()));
    IntervalTreeMessage message = stamp.peek();
    assertEquals(message, IntervalTreeMessage.parse(message.toString()));
  }

  /**
   * Texts that are nearly stamps.
   *
   * @return texts of the symbols of the notation
   */
  @Provide
  Arbitrary<String> nearly() {
    return Arbitraries.strings().withChars("(),01 2-").ofMaxLength(14);
  }

  @Property(tries = 3_000)
  void shouldGiveAStampOrThrowWhenTextIsArbitrary(@ForAll("nearly") String text) {
    try {
      assertEquals(text, IntervalTreeMessage.parse(text).toString());
    } catch (StampFormatException refused) {
      assertEquals(Reason.NOT_A_STAMP, refused.reason());
    }
    try {
      assertEquals(text, IntervalTreeStamp.parse(text).toString());
    } catch (StampFormatException refused) {
      assertEquals(Reason.NOT_A_STAMP, refused.reason());
    }
  }

  private static void assertNoStamp(String text) {
    StampFormatException refused =
        assertThrows(StampFormatException.class, () -> IntervalTreeStamp.parse(text), text);
    assertEquals(Reason.NOT_A_STAMP, refused.reason());
  }

  @Example
  void shouldRefuseWhenNotInNormalForm() {
    assertNoStamp("((1,1), 0)");
    assertNoStamp("((0,0), 0)");
    assertNoStamp("(0, 0)");
    assertNoStamp("(1, (0,1,1))");
    assertNoStamp("(1, (0,1,2))");
    assertNoStamp("(1, 01)");
    assertNoStamp("(1,0)");
    assertNoStamp("(1, 0) ");
    assertNoStamp("(1, 0");
    assertNoStamp("(2, 0)");
    assertNoStamp("");
    assertNoStamp("(1, 9223372036854775808)");
    assertNoStamp("(1, 92233720368547758070)");
    assertNoStamp("(1, (1,0,9223372036854775807))");
    assertNoStamp("(" + "(0,".repeat(2_000));
    assertNoStamp("(1, " + "(0,0,".repeat(2_000));
  }

  private static String idText(int depth, String before, String after) {
    return "(" + before.repeat(depth) + "1" + after.repeat(depth) + ", 0)";
  }

  private static String eventsText(int depth, String before, String after) {
    return "(1, " + before.repeat(depth) + "1" + after.repeat(depth) + ")";
  }

  @Example
  void shouldRefuseATreeWhenItIsTooDeepOnEitherSide() {
    int most = IntervalTreeStamp.MAX_DEPTH;
    for (int depth : new int[] {most, most + 1, 1_000_000}) {
      List<String> texts =
          List.of(
              idText(depth, "(", ",0)"),
              idText(depth, "(0,", ")"),
              eventsText(depth, "(0,", ",0)"),
              eventsText(depth, "(0,0,", ")"));
      for (String text : texts) {
        if (depth == most) {
          assertEquals(text, IntervalTreeStamp.parse(text).toString());
        } else {
          assertNoStamp(text);
        }
      }
    }
    assertNoStamp("(1, 0]");
  }

  @Example
  void shouldRefuseATreeWhenItsBytesGoOnForEver() {
    for (int pattern = 0; pattern < 256; pattern++) {
      for (StampKind kind :
          List.of(StampKind.INTERVAL_TREE_STAMP, StampKind.INTERVAL_TREE_MESSAGE)) {
        byte[] bytes = new byte[50_000];
        Arrays.fill(bytes, (byte) pattern);
        StampOutput.header(kind, ByteBuffer.wrap(bytes));
        try {
          IntervalTreeStampCodec.decode(ByteBuffer.wrap(bytes));
          IntervalTreeMessageCodec.decode(ByteBuffer.wrap(bytes));
        } catch (StampFormatException refused) {
          assertNotNull(refused.reason());
        }
      }
    }
  }
}
