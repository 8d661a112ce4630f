package dev.coeval.time;

/** A disciplined clock that answers with its characterised interval. */
final class CharacterisedSource implements BoundedInstantSource {
  private final DisciplinedClock clock;

  CharacterisedSource(DisciplinedClock clock) {
    this.clock = clock;
  }

  @Override
  public BoundedInstant now() {
    return clock.characterisedNow();
  }

  @Override
  public long epochNanos() {
    return clock.epochNanos();
  }

  @Override
  public double confidence() {
    return clock.get().confidence();
  }
}
