package dev.coeval.sync.discipline;

import dev.coeval.scale.LeapPolicy;
import dev.coeval.sync.machine.Report;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringEvent;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Lets a node's clock follow what its machines publish: it is steered to each estimate, and loses
 * its bound when a synchronizer says that what it knew cannot be trusted any more; its steering
 * policy has a rule for what comes after each such event. Leap seconds that are announced it
 * applies by a policy of their own. Other reports pass by. What the owner of every machine does
 * with its reports, in a simulation as on a network.
 *
 * <p>Thread-safe, as the clock is.
 */
public final class ClockFollower implements Consumer<Report> {
  private final DisciplinedClock clock;
  private final LeapPolicy leap;

  /**
   * For one clock, which steps at leap seconds as UTC does.
   *
   * @param clock is steered
   */
  public ClockFollower(DisciplinedClock clock) {
    this(clock, LeapPolicy.step());
  }

  /**
   * For one clock.
   *
   * @param clock is steered
   * @param leap what it does at a leap second that is announced
   */
  public ClockFollower(DisciplinedClock clock, LeapPolicy leap) {
    this.clock = Objects.requireNonNull(clock, "clock");
    this.leap = Objects.requireNonNull(leap, "leap");
  }

  @Override
  public void accept(Report report) {
    if (report instanceof Disciplined disciplined) {
      clock.steer(disciplined.estimate());
    } else if (report instanceof LeapAnnounced announced) {
      announced.leap().ifPresentOrElse(next -> clock.announce(next, leap), clock::withdrawLeap);
    } else if (report instanceof SyncStatus status
        && (status.state() == SyncStatus.State.DISRUPTED
            || status.state() == SyncStatus.State.UNSYNCHRONIZED)) {
      lose(status.cause());
    }
  }

  private void lose(Cause cause) {
    switch (cause) {
      case SUSPENDED, WALL_STEPPED -> clock.loseBounds(SteeringEvent.RESUME);
      case SOURCE_STEPPED -> clock.loseBounds(SteeringEvent.SOURCE_STEP);
      default -> clock.loseBounds();
    }
  }
}
