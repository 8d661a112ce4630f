package dev.coeval.sync.discipline;

import dev.coeval.scale.LeapSecond;
import dev.coeval.sync.machine.Report;
import java.util.Objects;
import java.util.Optional;

/**
 * A synchronizer has learned that a leap second comes, or that one it announced does not come after
 * all: the node's clock applies it by its own policy when it is due. Nothing is said when it has
 * passed.
 *
 * @param leap the leap second; empty if the one announced before does not come
 */
public record LeapAnnounced(Optional<LeapSecond> leap) implements Report {

  /**
   * Checks that something is said.
   *
   * @param leap as above
   */
  public LeapAnnounced {
    Objects.requireNonNull(leap, "leap");
  }
}
