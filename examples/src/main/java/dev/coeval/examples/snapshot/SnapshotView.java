package dev.coeval.examples.snapshot;

import dev.coeval.examples.network.BadNetwork.Faults;
import dev.coeval.examples.terminal.Nanos;
import dev.coeval.examples.terminal.OutputOptions;
import dev.coeval.sync.order.snapshot.SnapshotAborted;
import dev.coeval.sync.order.snapshot.SnapshotAlgorithm;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is printed of the bank, and what is remembered for the summary. */
final class SnapshotView {
  private static final double NANO = 1e-9;

  private final OutputOptions output;
  private final long expected;
  private int snapshots;
  private int wrong;
  private int asked;
  private int askedWrong;
  private int neverWas;
  private long worstError;

  /**
   * @param expected the bank's money
   */
  SnapshotView(OutputOptions output, long expected) {
    this.output = output;
    this.expected = expected;
  }

  void opened(List<String> branches, SnapshotAlgorithm algorithm, Faults faults) {
    String network =
        "%.0f %% are lost, and the others are up to %s late"
            .formatted(100 * faults.loss(), Nanos.of(faults.maxDelayNanos()));
    output.print(
        """
        A bank of %d branches, each a process on a UDP port of 127.0.0.1: %s.
        Together they hold %s, which move all the time. Of the datagrams between them
        %s.
        Each line is a snapshot (%s) taken meanwhile; beside it, what one gets who just
        asks one branch after another for its balances.

           time  snapshot    took  in accounts + on the way = total         just asking"""
            .formatted(
                branches.size(),
                String.join(", ", branches),
                number(expected),
                network,
                algorithm == SnapshotAlgorithm.CHANDY_LAMPORT ? "Chandy-Lamport" : "Lai-Yang"),
        "bank",
        "branches",
        branches,
        "total",
        expected,
        "algorithm",
        algorithm.name(),
        "loss",
        faults.loss(),
        "maxDelayNanos",
        faults.maxDelayNanos());
  }

  void snapshot(Round.Outcome outcome) {
    Count count = outcome.count();
    Count asking = outcome.asked();
    boolean right = count.total() == expected && count.isConsistent();
    snapshots++;
    wrong += right ? 0 : 1;
    if (asking != null) {
      asked++;
      askedWrong += asking.total() == expected ? 0 : 1;
      neverWas += asking.isConsistent() ? 0 : 1;
      worstError = Math.max(worstError, Math.abs(asking.total() - expected));
    }
    String line =
        "%7s  %-8s %7s  %11s + %-10s = %s %-5s  %s"
            .formatted(
                seconds(outcome.endNanos()),
                outcome.id(),
                seconds(outcome.endNanos() - outcome.beginNanos()),
                number(count.inAccounts()),
                number(count.onTheWay()),
                number(count.total()),
                right ? "right" : "WRONG",
                asking == null ? "somebody does not answer" : difference(asking.total()));
    output.print(
        line,
        "snapshot",
        "id",
        outcome.id(),
        "beginSeconds",
        outcome.beginNanos() * NANO,
        "endSeconds",
        outcome.endNanos() * NANO,
        "inAccounts",
        count.inAccounts(),
        "onTheWay",
        count.onTheWay(),
        "transfersOnTheWay",
        count.transfers(),
        "total",
        count.total(),
        "consistent",
        count.isConsistent(),
        "cut",
        count.cut().toMap(),
        "askedTotal",
        asking == null ? null : asking.total(),
        "askedConsistent",
        asking == null ? null : asking.isConsistent());
  }

  private String difference(long total) {
    long difference = total - expected;
    String text =
        difference == 0
            ? "right, by luck"
            : number(Math.abs(difference)) + (difference < 0 ? " missing" : " too much");
    return number(total) + ": " + text;
  }

  void aborted(SnapshotAborted aborted, long atNanos) {
    output.print(
        "%7s  %-8s given up: %s, for want of %s"
            .formatted(seconds(atNanos), aborted.id(), aborted.reason(), aborted.missing()),
        "aborted",
        "id",
        aborted.id().toString(),
        "reason",
        aborted.reason().name(),
        "missing",
        aborted.missing());
  }

  void killed(String name, long atNanos) {
    output.print(
        "%7s  %s is KILLED: all it knew is gone, but for its checkpoint on the disk"
            .formatted(seconds(atNanos), name),
        "killed",
        "branch",
        name,
        "seconds",
        atNanos * NANO);
  }

  void restarted(String name, long atNanos) {
    output.print(
        "%7s  %s is RESTARTED from its checkpoint: what waited for it goes on"
            .formatted(seconds(atNanos), name),
        "restarted",
        "branch",
        name,
        "seconds",
        atNanos * NANO);
  }

  /**
   * How it went.
   *
   * @param sent how many transfers
   * @param rest the money in the accounts when all had arrived; null if they had not
   * @param arrived how many datagrams
   * @param lost how many datagrams, on purpose
   */
  record End(long sent, @Nullable Long rest, long arrived, long lost) {}

  /** The summary. */
  void summary(End end) {
    Long rest = end.rest();
    output.print(
        """

        Snapshots: %d, %s. Just asking was wrong in %d of %d cases, by up to %s;
        pictures that can never have been, with money received that was not sent: %d.
        %s transfers; %s of %s datagrams were lost. %s"""
            .formatted(
                snapshots,
                wrong == 0 ? "each of " + number(expected) : wrong + " WRONG",
                askedWrong,
                asked,
                number(worstError),
                neverWas,
                number(end.sent()),
                number(end.lost()),
                number(end.lost() + end.arrived()),
                rest == null
                    ? "Some are still on their way."
                    : "All have arrived: the accounts hold " + number(rest) + "."),
        "summary",
        "snapshots",
        snapshots,
        "wrong",
        wrong,
        "asked",
        asked,
        "askedWrong",
        askedWrong,
        "askedInconsistent",
        neverWas,
        "transfers",
        end.sent(),
        "accountsAtRest",
        rest,
        "datagramsArrived",
        end.arrived(),
        "datagramsLost",
        end.lost());
  }

  int snapshots() {
    return snapshots;
  }

  int wrong() {
    return wrong;
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1f s", nanos * NANO);
  }

  private static String number(long money) {
    return String.format(Locale.ROOT, "%,d", money);
  }
}
