package dev.coeval.sync.order.snapshot;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An account, and all that an oracle wants to know of its past: how many events there were, of whom
 * it has heard how many, which messages it has sent and received. All of that is its state, in
 * text.
 */
final class BankAccount implements SnapshotApplication {
  final String name;
  long balance;
  final SortedMap<String, Long> vector = new TreeMap<>();
  final SortedMap<String, Long> sent = new TreeMap<>();
  final SortedMap<String, SortedSet<Long>> received = new TreeMap<>();
  private final Witness witness;

  /** Is told of every event as it happens. */
  interface Witness {
    void sent(String from, long event, String to, long number);

    void received(String to, long event, String from, long number);
  }

  /** A message of the bank. */
  record Transfer(long amount, long number, SortedMap<String, Long> vector) {
    static Transfer parse(byte[] bytes) {
      String[] parts = new String(bytes, StandardCharsets.US_ASCII).split(" ", -1);
      return new Transfer(Long.parseLong(parts[0]), Long.parseLong(parts[1]), numbers(parts[2]));
    }

    byte[] bytes() {
      return (amount + " " + number + " " + text(vector)).getBytes(StandardCharsets.US_ASCII);
    }
  }

  BankAccount(String name, long balance, Witness witness) {
    this.name = name;
    this.balance = balance;
    this.witness = witness;
  }

  static BankAccount parse(String name, byte[] state) {
    BankAccount account = new BankAccount(name, 0, null);
    account.restore(state);
    return account;
  }

  long events() {
    return vector.getOrDefault(name, 0L);
  }

  byte[] withdraw(String to, long amount) {
    balance -= amount;
    vector.merge(name, 1L, Long::sum);
    long number = sent.merge(to, 1L, Long::sum);
    witness.sent(name, events(), to, number);
    return new Transfer(amount, number, new TreeMap<>(vector)).bytes();
  }

  @Override
  public void receive(String from, byte[] message) {
    Transfer transfer = Transfer.parse(message);
    balance += transfer.amount();
    transfer.vector().forEach((who, count) -> vector.merge(who, count, Math::max));
    vector.merge(name, 1L, Long::sum);
    boolean isNew = received.computeIfAbsent(from, f -> new TreeSet<>()).add(transfer.number());
    if (!isNew) {
      throw new AssertionError(name + " got twice: " + transfer + " of " + from);
    }
    witness.received(name, events(), from, transfer.number());
  }

  @Override
  public byte[] state() {
    String all =
        received.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue().toString().replaceAll("[\\[\\] ]", ""))
            .collect(Collectors.joining(";"));
    return (balance + " " + text(vector) + " " + text(sent) + " " + all)
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void restore(byte[] state) {
    String[] parts = new String(state, StandardCharsets.US_ASCII).split(" ", -1);
    balance = Long.parseLong(parts[0]);
    vector.clear();
    sent.clear();
    received.clear();
    vector.putAll(numbers(parts[1]));
    sent.putAll(numbers(parts[2]));
    for (String entry : parts[3].split(";", -1)) {
      if (!entry.isEmpty()) {
        String[] pair = entry.split("=", 2);
        SortedSet<Long> numbers = new TreeSet<>();
        Arrays.stream(pair[1].split(",", -1)).forEach(each -> numbers.add(Long.parseLong(each)));
        received.put(pair[0], numbers);
      }
    }
  }

  private static String text(Map<String, Long> numbers) {
    return numbers.toString().replaceAll("[{} ]", "");
  }

  private static SortedMap<String, Long> numbers(String text) {
    SortedMap<String, Long> numbers = new TreeMap<>();
    for (String entry : text.split(",", -1)) {
      if (!entry.isEmpty()) {
        String[] pair = entry.split("=", 2);
        numbers.put(pair[0], Long.parseLong(pair[1]));
      }
    }
    return numbers;
  }
}
