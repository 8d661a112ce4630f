package dev.coeval.sync.discipline;

import dev.coeval.sync.machine.Report;
import dev.coeval.time.ClockEstimate;

/**
 * A synchronizer has a new estimate of the time: steer the node's clock to it.
 *
 * <p>Whoever runs the machine applies it before the machine's next event ({@link
 * dev.coeval.time.DisciplinedClock#steer}), so that a machine that also reads its node's model sees
 * it there.
 *
 * @param estimate what is believed
 */
public record Disciplined(ClockEstimate estimate) implements Report {}
