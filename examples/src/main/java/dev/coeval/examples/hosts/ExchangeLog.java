package dev.coeval.examples.hosts;

import dev.coeval.examples.terminal.OutputOptions;
import org.jspecify.annotations.Nullable;

/** Writes exchanges down: a line of JSON each, if that is what is printed, and a row of CSV. */
final class ExchangeLog {
  private final OutputOptions output;
  private final @Nullable CsvFile csv;

  ExchangeLog(OutputOptions output, @Nullable CsvFile csv) {
    this.output = output;
    this.csv = csv;
  }

  /**
   * Adds an exchange.
   *
   * @param row its stamps; null if it was lost
   */
  void add(ExchangeSeen seen, @Nullable ExchangeRow row) {
    if (csv != null) {
      csv.add(seen, row);
    }
    if (output.isJson() && row != null) {
      print(seen, row);
    } else if (output.isJson()) {
      output.print("", "lost", "seq", seen.sequence(), "peer", seen.peer().toString());
    }
  }

  private void print(ExchangeSeen seen, ExchangeRow row) {
    output.print(
        "",
        "exchange",
        "seq",
        seen.sequence(),
        "peer",
        seen.peer().toString(),
        "offsetNanos",
        row.offsetNanos(),
        "delayNanos",
        row.delayNanos(),
        "boundNanos",
        row.boundNanos(),
        "t1Nanos",
        row.t1(),
        "t2Nanos",
        row.t2(),
        "t3Nanos",
        row.t3(),
        "t4Nanos",
        row.t4());
  }
}
