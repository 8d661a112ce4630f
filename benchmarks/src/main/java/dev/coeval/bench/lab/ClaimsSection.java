package dev.coeval.bench.lab;

import dev.coeval.bench.skew.BoundFigures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One line for each thing that is said of clocks: found so, or not. */
final class ClaimsSection {
  private static final int BOUND_RUNS = 20;

  private final Scope scope;
  private final List<Claim> claims = new ArrayList<>();

  ClaimsSection(Scope scope) {
    this.scope = scope;
  }

  void add(List<Claim> more) {
    claims.addAll(more);
  }

  /** What belongs to no other section. */
  void run(Workers workers) throws IOException {
    MutualClaims mutual = new MutualClaims(scope.seeds().first());
    claims.addAll(
        workers.all(
            "claims",
            List.of(
                mutual::berkeley,
                mutual::lundeliusLynch,
                mutual::optimalPrecision,
                mutual::welchLynch,
                GradientClaims::gradient)));
    claims.addAll(MinimaClaims.all(scope));
    for (BoundFigures.Row row : BoundFigures.rows(scope.seeds().atMost(BOUND_RUNS).count())) {
      claims.add(
          new Claim(
              "" + row.number(),
              row.claim(),
              row.formula(),
              row.measured(),
              row.published(),
              Claim.verdict(row.held())));
    }
    claims.add(
        new Claim(
            "20",
            "deviations of NIST's test set, to seven digits",
            "Riley 2008",
            SimulatorSection.isRileyEqual() ? "equal" : "different",
            "see above",
            Claim.verdict(SimulatorSection.isRileyEqual())));
  }

  String write() {
    List<Claim> sorted = new ArrayList<>(claims);
    sorted.sort(Comparator.comparingInt(claim -> Integer.parseInt(claim.number())));
    return new Markdown()
        .heading(2, "Claims")
        .paragraph("What theory or others say, and what was found.")
        .table(6, Claim.HEADS, sorted.stream().map(Claim::cells).toList())
        .toString();
  }
}
