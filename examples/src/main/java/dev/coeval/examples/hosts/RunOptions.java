package dev.coeval.examples.hosts;

import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.sync.ntp.NtpQueryConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many exchanges, how often, and where they are written down. */
final class RunOptions {

  /** A shorter interval is a flood, a longer one lets the clocks drift apart. */
  private static final long MAX_INTERVAL_MILLIS = 3_600_000;

  private static final long MAX_COUNT = NtpQueryConfig.MAX_COUNT;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "End after so many exchanges with each server, lost ones included.")
  private @Nullable Long count;

  @Option(
      names = "--interval",
      paramLabel = "MS",
      description = {
        "Ask each server every so many milliseconds; a reply that takes longer is lost.",
        "Default: 1000, query: 250; at NTP's own port 123 what is polite, 2000 and later more."
      })
  private @Nullable Long intervalMillis;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = {
        "Write one line an exchange: seq,offset_ns,delay_ns,bound_ns,t1_ns,t2_ns,t3_ns,t4_ns.",
        "Offset is the server's time minus the local clock; a lost exchange has empty fields."
      })
  private @Nullable Path csv;

  RunOptions() {}

  long count(long otherwise) {
    Long given = count;
    if (given == null) {
      return otherwise;
    }
    if (given < 1 || given > MAX_COUNT) {
      throw CommandFailedException.usage("--count is not in 1 to 604800: " + given);
    }
    return given;
  }

  boolean hasInterval() {
    return intervalMillis != null;
  }

  Duration interval(Duration otherwise) {
    Long given = intervalMillis;
    if (given == null) {
      return otherwise;
    }
    if (given < 1 || given > MAX_INTERVAL_MILLIS) {
      throw CommandFailedException.usage("--interval is not in 1 to 3600000 ms: " + given);
    }
    return Duration.ofMillis(given);
  }

  @Nullable CsvFile openCsv(boolean namesPeers) {
    Path path = csv;
    return path == null ? null : CsvFile.create(path, namesPeers);
  }
}
