package dev.coeval.examples.snapshot;

import dev.coeval.logical.vector.VectorTimestamp;
import dev.coeval.sync.order.snapshot.GlobalSnapshot;
import dev.coeval.sync.order.snapshot.LocalSnapshot;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The bank's money, counted.
 *
 * @param books of each branch, at the moment when it was looked at
 * @param onTheWay the money in transfers that were on their way; 0 if nobody looked
 * @param transfers how many these were
 */
record Count(SortedMap<String, Books> books, long onTheWay, int transfers) {

  /** In a snapshot, what is on its way is there to be counted. */
  static Count of(GlobalSnapshot snapshot) {
    SortedMap<String, Books> books = new TreeMap<>();
    long money = 0;
    int transfers = 0;
    for (Map.Entry<String, LocalSnapshot> part : snapshot.parts().entrySet()) {
      books.put(part.getKey(), Books.of(part.getValue().state()));
      for (String from : snapshot.parts().keySet()) {
        for (byte[] message : part.getValue().channel(from)) {
          money += Transfer.of(message).amount();
          transfers++;
        }
      }
    }
    return new Count(books, money, transfers);
  }

  /** Whoever just asks gets balances and no more. */
  static Count of(Map<String, Books> answers) {
    return new Count(new TreeMap<>(answers), 0, 0);
  }

  long inAccounts() {
    return books.values().stream().mapToLong(Books::money).sum();
  }

  long total() {
    return inAccounts() + onTheWay;
  }

  /** How far each branch was, when it was looked at. */
  VectorTimestamp cut() {
    Map<String, Long> counts = new TreeMap<>();
    books.forEach((name, each) -> counts.put(name, each.stamp().count(name)));
    counts.values().removeIf(count -> count == 0);
    return VectorTimestamp.of(counts);
  }

  /** Whether the bank can ever have been like that: no branch knows more of another than it did. */
  boolean isConsistent() {
    VectorTimestamp cut = cut();
    return books.values().stream().allMatch(each -> each.stamp().relationTo(cut).isBeforeOrEqual());
  }
}
