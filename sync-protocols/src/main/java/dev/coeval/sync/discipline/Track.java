package dev.coeval.sync.discipline;

import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.measure.OffsetEstimate;

/** What is kept of one source's samples: by itself, or for a discipline that all share. */
interface Track {

  /** Takes in an exchange; true if there is anything new to say by it. */
  boolean add(Measurement measurement, OffsetBounds bounds);

  /** Whether there is a point. */
  boolean isKnown();

  /** The likely offset at a tick; only if known. */
  OffsetEstimate pointAt(long tick);

  /** By how much time runs faster than ticks, in seconds a second; only if known. */
  double frequency();

  /** One standard deviation of it. */
  double frequencyError();

  /** Polls went unanswered until the source left the set: what is the oscillator's may stay. */
  void fallSilent();

  /** Forgets all offsets. */
  void clear();

  /** All offsets are now so much larger: the time scale made a step that the source made too. */
  void shift(long nanos);
}
