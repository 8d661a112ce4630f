package dev.coeval.sync.order.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The oracle: the causal history of every event, as a set of events; and what a snapshot must be,
 * measured by it.
 */
final class Histories implements BankAccount.Witness {
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<String, BitSet> histories = new HashMap<>();
  private final Map<String, BitSet> messages = new HashMap<>();

  @Override
  public void sent(String from, long event, String to, long number) {
    messages.put(from + ">" + to + number, happen(from, event, new BitSet()));
  }

  @Override
  public void received(String to, long event, String from, long number) {
    BitSet cause = messages.get(from + ">" + to + number);
    assertTrue(cause != null, () -> "received but never sent: " + from + ">" + to + number);
    happen(to, event, cause);
  }

  private BitSet happen(String process, long event, BitSet cause) {
    BitSet history = new BitSet();
    history.or(cause);
    if (event > 1) {
      history.or(histories.get(process + (event - 1)));
    }
    history.set(numbers.computeIfAbsent(process + event, each -> numbers.size()));
    histories.put(process + event, history); // in place of one that was undone by a crash
    return history;
  }

  /** S1, S2, S4 and S7 of one snapshot. */
  void check(GlobalSnapshot snapshot, long total, boolean fifo, String about) {
    SortedMap<String, BankAccount> cut = new TreeMap<>();
    snapshot.parts().forEach((name, part) -> cut.put(name, BankAccount.parse(name, part.state())));
    checkLeftClosed(cut, about);
    long sum = 0;
    for (BankAccount to : cut.values()) {
      sum += to.balance;
      for (BankAccount from : cut.values()) {
        assertTrue( // S7
            to.vector.getOrDefault(from.name, 0L) <= from.events(),
            () -> about + from.name + " > " + to.name);
        List<byte[]> channel = snapshot.parts().get(to.name).channel(from.name);
        sum += checkChannel(from, to, channel, fifo, about);
      }
    }
    assertEquals(total, sum, about); // S4
  }

  /** S1, by sets: the histories of the cut's last events together are the cut. */
  private void checkLeftClosed(SortedMap<String, BankAccount> cut, String about) {
    BitSet inside = new BitSet();
    BitSet causes = new BitSet();
    for (BankAccount account : cut.values()) {
      for (long event = 1; event <= account.events(); event++) {
        inside.set(numbers.get(account.name + event));
      }
      if (account.events() > 0) {
        causes.or(histories.get(account.name + account.events()));
      }
    }
    assertEquals(inside, causes, () -> about + "not left-closed");
  }

  /** S2; returns the money on its way. */
  private static long checkChannel(
      BankAccount from, BankAccount to, List<byte[]> channel, boolean fifo, String about) {
    SortedSet<Long> due = new TreeSet<>();
    for (long number = 1; number <= from.sent.getOrDefault(to.name, 0L); number++) {
      due.add(number);
    }
    due.removeAll(to.received.getOrDefault(from.name, new TreeSet<>()));
    List<Long> found =
        channel.stream().map(message -> BankAccount.Transfer.parse(message).number()).toList();
    String where = about + from.name + " > " + to.name;
    assertEquals(due, new TreeSet<>(found), where);
    assertEquals(due.size(), found.size(), where);
    if (fifo) {
      assertEquals(List.copyOf(due), found, where);
    }
    return channel.stream()
        .mapToLong(message -> BankAccount.Transfer.parse(message).amount())
        .sum();
  }
}
