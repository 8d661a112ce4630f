package dev.coeval.logical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ActorNamesTest {

  private static void refused(String actor) {
    for (int again = 0; again < 2; again++) {
      assertThrows(IllegalArgumentException.class, () -> ActorNames.require(actor));
    }
  }

  @Test
  void shouldGiveTheNameBackWhenItIsOne() {
    for (String actor : new String[] {"a", " ", "host:1/2", "\"\\\n", "é€", "\uD83D\uDE00", "\0"}) {
      assertSame(actor, ActorNames.require(actor));
      assertSame(actor, ActorNames.require(actor));
    }
  }

  @Test
  void shouldTakeExactly255BytesWhenCountedAsUtf8() {
    for (String letter : new String[] {"a", "é", "€", "\uD83D\uDE00"}) {
      int bytes = letter.getBytes(StandardCharsets.UTF_8).length;
      int most = ActorNames.MAX_BYTES / bytes;
      String longest = letter.repeat(most) + "x".repeat(ActorNames.MAX_BYTES - most * bytes);
      assertEquals(ActorNames.MAX_BYTES, longest.getBytes(StandardCharsets.UTF_8).length);
      assertSame(longest, ActorNames.require(longest));
      refused(longest + "x");
      refused(letter + longest);
    }
  }

  @Test
  void shouldThrowWhenItIsNoName() {
    assertThrows(NullPointerException.class, () -> ActorNames.require(null));
    refused("");
    refused("a\uD83D");
    refused("\uD83Da");
    refused("\uDE00");
    refused("\uDE00\uD83D");
    refused("x".repeat(1_000_000));
  }
}
