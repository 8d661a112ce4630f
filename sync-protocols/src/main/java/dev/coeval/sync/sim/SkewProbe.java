package dev.coeval.sync.sim;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockModel;
import dev.coeval.time.DisciplinedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds what clocks claim against the truth, at every event of a simulation.
 *
 * <p>When time has come to an event, each watched clock is read before it happens, when its bound
 * is as old as it gets; and each clock that the event has changed is read again after it. A reading
 * whose interval does not hold the truth is a violation. Besides, at every whole true second each
 * clock's error and rate are sampled for the statistics that chrony's simulations use.
 *
 * <p>The truth is the simulation's true time, or, where a group has no outside reference (Gusella
 * and Zatti 1989), the mean of its clocks or any other time of the caller's.
 *
 * <p>Not thread-safe, as its simulation.
 */
public final class SkewProbe {

  /** So many violations are kept in full; the others are only counted. */
  public static final int MAX_KEPT = 100;

  private static final long NANOS_BELOW_SECOND = 999_999_999L;

  private final Simulation simulation;
  private final LongSupplier truth;
  private final boolean isMean;
  private final Map<SimulatedNode, SkewRecord> records = new LinkedHashMap<>();
  private final List<SkewRecord> watched = new ArrayList<>();
  private final List<Violation> violations = new ArrayList<>();
  private @Nullable Violation last;
  private long violationCount;

  private SkewProbe(Simulation simulation, LongSupplier truth, boolean isMean) {
    this.simulation = simulation;
    this.truth = isMean ? this::meanNanos : truth;
    this.isMean = isMean;
    simulation.observe(new Observer());
    Duration wholeSecond =
        Duration.ofSeconds(simulation.elapsed().plusNanos(NANOS_BELOW_SECOND).toSeconds());
    simulation.at(wholeSecond, this::sampleEachSecond);
  }

  /**
   * An interval that did not hold the truth.
   *
   * @param node whose clock
   * @param trueNanos when, in true time, nanoseconds since the Unix epoch
   * @param truthNanos what the interval should have held; the same unless that is a group's mean
   * @param claimed what the clock claimed
   */
  public record Violation(PeerId node, long trueNanos, long truthNanos, BoundedInstant claimed) {}

  /**
   * A probe against true time.
   *
   * @param simulation what it looks on at, from now on
   * @return the probe
   */
  public static SkewProbe against(Simulation simulation) {
    return new SkewProbe(simulation, simulation::trueNanos, false);
  }

  /**
   * A probe against another time.
   *
   * @param simulation what it looks on at, from now on
   * @param truth gives what counts as the truth, in nanoseconds since the Unix epoch, at the
   *     simulation's present time
   * @return the probe
   */
  public static SkewProbe against(Simulation simulation, LongSupplier truth) {
    return new SkewProbe(simulation, truth, false);
  }

  /**
   * A probe against the mean of the clocks that it watches, those of dead nodes left out.
   *
   * @param simulation what it looks on at, from now on
   * @return the probe
   */
  public static SkewProbe againstMean(Simulation simulation) {
    return new SkewProbe(simulation, simulation::trueNanos, true);
  }

  /**
   * Watches a clock, in place of the one of the same node that was watched before: a restarted
   * process has a new one. It is read while its node's process is there and its host is not asleep.
   *
   * @param node whose clock
   * @param clock the clock, over the node's reader
   * @return what is found out about the node's clocks
   */
  public SkewRecord watch(SimulatedNode node, DisciplinedClock clock) {
    return watch(node, clock, truth);
  }

  /**
   * Watches a clock whose claim speaks of another time than that which its error is taken from: of
   * the mean of those who took part in its last round, say.
   *
   * @param node whose clock
   * @param clock the clock, over the node's reader
   * @param claimed gives what the clock's interval should hold, in nanoseconds since the Unix
   *     epoch, at the simulation's present time; asked for only while the clock claims a bound
   * @return what is found out about the node's clocks
   */
  public SkewRecord watch(SimulatedNode node, DisciplinedClock clock, LongSupplier claimed) {
    SkewRecord record = records.get(node);
    if (record == null) {
      record = new SkewRecord(simulation, node, clock, claimed);
      records.put(node, record);
      watched.add(record);
    } else {
      record.replace(clock, claimed);
    }
    return record;
  }

  /**
   * What is known of each node.
   *
   * @return an unmodifiable view, in the order in which they were first watched
   */
  public List<SkewRecord> records() {
    return Collections.unmodifiableList(watched);
  }

  /**
   * The first violations.
   *
   * @return an unmodifiable view of at most {@link #MAX_KEPT}
   */
  public List<Violation> violations() {
    return Collections.unmodifiableList(violations);
  }

  /**
   * The last violation.
   *
   * @return empty if there was none
   */
  public Optional<Violation> lastViolation() {
    return Optional.ofNullable(last);
  }

  /**
   * How many readings did not hold the truth.
   *
   * @return at least 0
   */
  public long violationCount() {
    return violationCount;
  }

  /**
   * How many readings' characterised intervals did not hold the truth. They claim no certainty, so
   * none of them is among {@link #violations()}.
   *
   * @return at least 0
   */
  public long characterisedViolationCount() {
    long count = 0;
    for (SkewRecord record : watched) {
      count += record.characterisedViolations();
    }
    return count;
  }

  /**
   * How many readings were held against the truth: those of clocks that claimed a bound.
   *
   * @return at least 0
   */
  public long readings() {
    long readings = 0;
    for (SkewRecord record : watched) {
      readings += record.readings();
    }
    return readings;
  }

  /**
   * Fails if there was a violation.
   *
   * @throws AssertionError with the seed and the first violations
   */
  public void assertNoViolations() {
    if (violationCount > 0) {
      throw new AssertionError(
          "seed %d: %d of %d readings do not hold the truth, the first: %s"
              .formatted(
                  simulation.seed(),
                  violationCount,
                  readings(),
                  violations.subList(0, Math.min(3, violations.size()))));
    }
  }

  private void check(SkewRecord record, long truthNanos) {
    ClockModel model = record.model();
    if (!record.isReadable() || !model.isSynchronized()) {
      return;
    }
    long tick = record.node().tickNanos();
    BoundedInstant claimed = model.boundsAt(tick);
    long inClaim = record.inClaim(truth, truthNanos);
    boolean holds = claimed.contains(inClaim);
    record.add(model.epochNanosAt(tick) - truthNanos, claimed.widthNanos(), holds);
    BoundedInstant likely = model.characterisedAt(tick);
    record.addCharacterised(likely.widthNanos(), likely.contains(inClaim));
    if (!holds) {
      violationCount++;
      last = new Violation(record.node().id(), simulation.trueNanos(), inClaim, claimed);
      if (violations.size() < MAX_KEPT) {
        violations.add(last);
      }
    }
  }

  private void sampleEachSecond() {
    simulation.every(Duration.ofSeconds(1), this::sample);
    sample();
  }

  private void sample() {
    long truthNanos = truth.getAsLong();
    double meanRate = isMean ? meanRate() : 0;
    for (SkewRecord record : watched) {
      record.sample(truth, truthNanos, meanRate);
    }
  }

  private long meanNanos() {
    long now = simulation.trueNanos();
    double sum = 0;
    int count = 0;
    for (int i = 0; i < watched.size(); i++) {
      SkewRecord record = watched.get(i);
      if (record.isReadable()) {
        sum += record.timeNanos() - now;
        count++;
      }
    }
    return count == 0 ? now : now + Math.round(sum / count);
  }

  private double meanRate() {
    double sum = 0;
    int count = 0;
    for (SkewRecord record : watched) {
      if (record.isReadable()) {
        sum += record.rateError();
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }

  private final class Observer implements EventObserver {
    @Override
    public void beforeEvent() {
      long truthNanos = truth.getAsLong();
      for (int i = 0; i < watched.size(); i++) {
        check(watched.get(i), truthNanos);
      }
    }

    @Override
    public void afterEvent() {
      for (int i = 0; i < watched.size(); i++) {
        SkewRecord record = watched.get(i);
        if (record.hasChanged()) {
          check(record, truth.getAsLong());
        }
      }
    }
  }
}
