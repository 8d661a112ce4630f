package dev.coeval.bench.lab;

import dev.coeval.bench.report.Numbers;
import dev.coeval.sync.filter.DirectionalMinima;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.sim.DelayModel;
import dev.coeval.sync.sim.ExchangeTrace;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.OscillatorModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the minima of each direction are worth, against the quickest round trip. */
final class MinimaClaims {
  private static final int[] COUNTS = {8, 64, 512};
  private static final int MOST_RUNS = 1_000;
  private static final double TOLERANCE = 0.15;

  private MinimaClaims() {}

  /** Standard deviations of both, and how often the truth was within the bounds. */
  private record Found(double quickest, double separate, boolean isContained) {}

  static List<Claim> all(Scope scope) {
    int runs = Math.min(MOST_RUNS, scope.traces());
    List<Claim> claims = new ArrayList<>();
    boolean isContained = true;
    for (int count : COUNTS) {
      DelayModel delay = DelayModel.exponential(Traces.LEAST, Traces.JITTER);
      Found found = find(delay, count, runs, scope.seeds().first());
      isContained &= found.isContained;
      double jitter = Traces.JITTER.toNanos();
      double quickest = jitter / Math.sqrt(6.0 * count);
      double separate = jitter / (Math.sqrt(2) * count);
      double allowed = Math.max(TOLERANCE, 3 / Math.sqrt(2.0 * runs));
      boolean isHeld = Math.abs(found.separate / separate - 1) < allowed;
      claims.add(
          new Claim(
              "3",
              "minima of each direction beat the quickest round trip, n = " + count,
              "J/(√2·n) against J/√(6n)",
              Numbers.time(found.separate) + " against " + Numbers.time(found.quickest),
              Numbers.time(separate) + " against " + Numbers.time(quickest),
              Claim.verdict(isHeld && found.separate < found.quickest)));
    }
    claims.add(
        new Claim(
            "1",
            "the bound of the minima holds the truth",
            "[max(T3-T4), min(T2-T1)]",
            isContained ? "at every exchange" : "not always",
            "always",
            Claim.verdict(isContained)));
    return claims;
  }

  private static Found find(DelayModel delay, int count, int runs, long firstSeed) {
    double quickest = 0;
    double separate = 0;
    boolean isContained = true;
    for (int run = 0; run < runs; run++) {
      ExchangeTrace trace =
          new ExchangeTrace(
              firstSeed + run,
              OscillatorModel.perfect(),
              ExchangeTrace.Path.symmetric(LinkModel.of(delay)),
              Duration.ofSeconds(1));
      DirectionalMinima minima = new DirectionalMinima(count, 0, 0);
      Measurement best = trace.next();
      minima.add(best);
      OffsetBounds bounds = minima.boundsAt(best.receivedTickNanos());
      for (int i = 1; i < count; i++) {
        Measurement next = trace.next();
        minima.add(next);
        best = next.delayNanos() < best.delayNanos() ? next : best;
        bounds = minima.boundsAt(next.receivedTickNanos());
        long truth = trace.offsetNanos();
        isContained &= bounds.lowNanos() <= truth && truth <= bounds.highNanos();
      }
      double truth = (double) trace.offsetNanos();
      double middle = (bounds.lowNanos() + bounds.highNanos()) / 2.0;
      quickest += Math.pow(best.offsetNanos() - truth, 2);
      separate += Math.pow(middle - truth, 2);
    }
    return new Found(Math.sqrt(quickest / runs), Math.sqrt(separate / runs), isContained);
  }
}
