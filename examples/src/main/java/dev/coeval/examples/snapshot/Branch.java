package dev.coeval.examples.snapshot;

import dev.coeval.causal.CausalEvent;
import dev.coeval.causal.HistoryRecorder;
import dev.coeval.logical.vector.VectorClock;
import dev.coeval.logical.vector.VectorTimestamp;
import dev.coeval.sync.order.snapshot.SnapshotApplication;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** A branch of the bank: its accounts. Its thread is that of its port. */
final class Branch implements SnapshotApplication {
  static final int ACCOUNTS = 3;
  static final long OPENING_BALANCE = 1000;

  private static final long MAX_AMOUNT = 200;

  private final String name;
  private final Consumer<CausalEvent> history;
  private final long[] balances = new long[ACCOUNTS];
  private long sent;
  private long received;
  private VectorClock clock;
  private HistoryRecorder recorder;

  Branch(String name, Consumer<CausalEvent> history) {
    this.name = name;
    this.history = history;
    this.clock = VectorClock.of(name);
    this.recorder = HistoryRecorder.of(clock, Level.INFO, history);
    Arrays.fill(balances, OPENING_BALANCE);
  }

  /** Takes money out of an account, for some account of another branch. */
  Transfer withdraw(String to, RandomGenerator random) {
    int from = random.nextInt(ACCOUNTS);
    long amount = random.nextLong(Math.min(MAX_AMOUNT, balances[from]) + 1);
    balances[from] -= amount;
    sent++;
    VectorTimestamp stamp = recorder.tick(Level.INFO, "sends " + amount + " to " + to);
    return new Transfer(random.nextInt(ACCOUNTS), amount, stamp);
  }

  @Override
  public void receive(String from, byte[] message) {
    Transfer transfer = Transfer.of(message);
    balances[transfer.account()] += transfer.amount();
    received++;
    recorder.receive(
        transfer.stamp(), Level.INFO, "receives " + transfer.amount() + " from " + from);
  }

  /** Something worth remembering. The owner has it saved. */
  void note(String text) {
    recorder.tick(Level.INFO, text);
  }

  Books books() {
    return new Books(Arrays.stream(balances).boxed().toList(), sent, received, clock.latest());
  }

  @Override
  public byte[] state() {
    return books().toBytes();
  }

  @Override
  public void restore(byte[] state) {
    Books books = Books.of(state);
    for (int i = 0; i < ACCOUNTS; i++) {
      balances[i] = books.balances().get(i);
    }
    sent = books.sent();
    received = books.received();
    clock = VectorClock.resumeFrom(name, books.stamp());
    recorder = HistoryRecorder.of(clock, Level.INFO, history);
  }
}
