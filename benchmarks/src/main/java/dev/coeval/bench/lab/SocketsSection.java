package dev.coeval.bench.lab;

import dev.coeval.bench.peers.PeerResults;
import dev.coeval.bench.peers.Row;
import dev.coeval.bench.report.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an earlier run measured on real sockets. */
final class SocketsSection {
  private final @Nullable PeerResults results;

  SocketsSection(@Nullable PeerResults results) {
    this.results = results;
  }

  String write() {
    Markdown text = new Markdown().heading(2, "On real sockets");
    PeerResults found = results;
    if (found == null) {
      return text.paragraph(
              "Not measured here: `dev.coeval.bench.peers.PeerRun` writes what belongs here.")
          .toString();
    }
    text.paragraph(
        """
        Of one machine and one run, so compare within a table only: %s. Client and server stand on
        one clock, so that the true offset is 0. Networks are relays in user space with drawn
        delays. Exchanges are single ones, nothing filtered; clocks follow the server with a poll
        each second and are read every 20 ms. The asymmetric network makes everybody wrong by 1.5 ms,
        which nothing can see.
        """
            .formatted(found.machine()));
    Set<String> networks = new LinkedHashSet<>();
    found.rows().forEach(row -> networks.add(row.network()));
    for (String network : networks) {
      text.heading(3, network);
      List<List<String>> lines =
          found.rows().stream()
              .filter(row -> row.network().equals(network))
              .map(SocketsSection::line)
              .toList();
      text.table(
          2,
          List.of(
              "client",
              "what",
              "samples",
              "median error",
              "p99",
              "bias",
              "round trip",
              "p99 of it"),
          lines);
    }
    return text.toString();
  }

  /** How ours compares with others, on this machine. */
  List<Claim> claims() {
    PeerResults found = results;
    if (found == null) {
      return List.of();
    }
    List<Claim> claims = new ArrayList<>();
    Row blocking = row(found, "coeval, blocking");
    Row spinning = row(found, "coeval, spinning");
    if (blocking != null && spinning != null) {
      claims.add(
          new Claim(
              "18",
              "the floor of stamping in a JVM (median / p99; this machine)",
              "",
              "blocking %s / %s, spinning %s / %s"
                  .formatted(
                      Numbers.time(blocking.medianNanos()),
                      Numbers.time(blocking.p99Nanos()),
                      Numbers.time(spinning.medianNanos()),
                      Numbers.time(spinning.p99Nanos())),
              "blocking 5 µs / 26 µs, spinning 10 ns / 425 ns on an idle host",
              "measured"));
    }
    return claims;
  }

  private static @Nullable Row row(PeerResults results, String client) {
    return results.rows().stream()
        .filter(row -> row.network().equals("loopback") && row.client().equals(client))
        .findFirst()
        .orElse(null);
  }

  private static List<String> line(Row row) {
    return List.of(
        row.client(),
        switch (row.kind()) {
          case EXCHANGE -> "exchanges";
          case CLOCK -> "clock";
          case READING -> "readings";
        },
        "%,d".formatted(row.samples()),
        Numbers.time(row.medianNanos()),
        Numbers.time(row.p99Nanos()),
        Numbers.time(row.biasNanos()),
        Numbers.time(row.roundTripNanos()),
        Numbers.time(row.slowNanos()));
  }
}
