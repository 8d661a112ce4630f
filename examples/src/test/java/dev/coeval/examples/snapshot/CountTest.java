package dev.coeval.examples.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.vector.VectorTimestamp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CountTest {

  private static Books books(long money, String stamp) {
    return new Books(List.of(money, 0L), 3, 4, VectorTimestamp.parse(stamp));
  }

  @Test
  void shouldBeConsistentWhenNobodyKnowsMoreOfAnotherThanThatOne() {
    Count count = Count.of(Map.of("ann", books(70, "{ann=2}"), "ben", books(30, "{ann=1, ben=4}")));
    assertTrue(count.isConsistent());
    assertEquals(100, count.total());
    assertEquals(VectorTimestamp.parse("{ann=2, ben=4}"), count.cut());
  }

  @Test
  void shouldNotBeConsistentWhenMoneyIsReceivedThatWasNotSent() {
    Count count =
        Count.of(Map.of("ann", books(100, "{ann=1}"), "ben", books(30, "{ann=2, ben=1}")));
    assertFalse(count.isConsistent());
    assertEquals(130, count.total());
  }

  @Test
  void shouldGiveBooksAndTransfersBackWhenReadFromTheirBytes() {
    Books books = books(70, "{ann=2, ben=1}");
    assertEquals(books, Books.of(books.toBytes()));
    Transfer transfer = new Transfer(1, 150, books.stamp());
    assertEquals(transfer, Transfer.of(transfer.toBytes()));
  }
}
