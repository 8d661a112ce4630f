package dev.coeval.sync.discipline;

import dev.coeval.sync.estimate.Estimator;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.measure.OffsetEstimate;
import dev.coeval.sync.select.Selection.Choice;
import dev.coeval.time.ClockEstimate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes one estimate of those who were selected, by each source's line or by one for all. */
final class Estimation {
  private final Disciplines disciplines;
  private final Characterisation characterisation;
  private final @Nullable Discipline system;
  private double systemFrequency;

  Estimation(EnsembleConfig config) {
    this.disciplines = config.disciplines();
    this.characterisation = new Characterisation(config.local().holdover());
    this.system = disciplines.ofSystem().map(make -> make.get()).orElse(null);
  }

  /** For a source that joins. */
  Estimator estimator() {
    return system == null ? disciplines.ofSource().get() : new FilterTrack(() -> systemFrequency);
  }

  /** The estimate of a ballot that has survivors, held within what is certain. */
  ClockEstimate of(Ballot ballot, OffsetBounds certain) {
    Choice choice = ballot.choice();
    List<Source> survivors = ballot.fit(choice.survivors());
    ClockEstimate estimate =
        Combination.of(survivors, ballot.candidates(choice.survivors()), certain);
    double claimed = Double.NaN;
    if (system != null) {
      long offset = estimate.epochNanos() - estimate.tickNanos();
      long error =
          (long) Math.hypot((double) estimate.statisticalErrorNanos(), choice.jitterNanos());
      estimate = system.update(new OffsetEstimate(certain.tickNanos(), offset, error), certain);
      systemFrequency = estimate.frequency();
      claimed = system.frequencyError();
    }
    Characterisation.Rate rate = Combination.rate(survivors, estimate.frequency(), claimed);
    return estimate.withCharacterised(characterisation.of(estimate, rate, ballot, certain));
  }

  void shift(long nanos) {
    if (system != null) {
      system.shift(nanos);
    }
  }

  void reset() {
    if (system != null) {
      system.reset();
    }
  }
}
