package dev.coeval.sync.discipline;

import dev.coeval.sync.measure.OffsetBounds;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The offsets that are certain, across time: each hull narrows what the earlier ones leave. */
final class Certainty {
  private final EnsembleConfig.Local local;
  private @Nullable OffsetBounds certain;

  Certainty(EnsembleConfig.Local local) {
    this.local = local;
  }

  boolean isKnown() {
    return certain != null;
  }

  Optional<OffsetBounds> at(long tick) {
    return Optional.ofNullable(certain).map(bounds -> bounds.at(tick, local.driftBoundPpb()));
  }

  /** What a new hull and the earlier ones allow; it is kept unless that is nothing. */
  OffsetBounds narrowed(OffsetBounds hull) {
    OffsetBounds known = at(hull.tickNanos()).map(hull::intersect).orElse(hull);
    if (!known.isEmpty()) {
      certain = known;
    }
    return known;
  }

  /** Whether there was no hull for so long that the earlier ones are not to be trusted. */
  boolean isStaleAt(long tick) {
    OffsetBounds known = certain;
    return known != null && tick - known.tickNanos() > local.holdover().maxSilenceNanos();
  }

  void shift(long nanos) {
    OffsetBounds known = certain;
    if (known != null) {
      certain =
          new OffsetBounds(known.tickNanos(), known.lowNanos() + nanos, known.highNanos() + nanos);
    }
  }

  void forget() {
    certain = null;
  }
}
