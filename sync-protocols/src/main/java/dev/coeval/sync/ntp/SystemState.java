package dev.coeval.sync.ntp;

import dev.coeval.scale.LeapSecond;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.ntp.packet.SystemVariables;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What this node says of its own time (RFC 5905 section 11.1), published when stratum, reference,
 * leap second or the sources in use change.
 *
 * @param variables the system variables; the root dispersion is of this moment
 * @param selected the sources in use, the one that stratum and reference come from first
 * @param leap the leap second that comes at the end of the month
 * @param isOrphan whether the time is that of a group that has lost its references
 */
public record SystemState(
    SystemVariables variables, List<PeerId> selected, Optional<LeapSecond> leap, boolean isOrphan)
    implements Report {

  /**
   * Checks that nothing is missing, and copies the list.
   *
   * @param variables as above
   * @param selected as above
   * @param leap as above
   * @param isOrphan as above
   */
  public SystemState {
    Objects.requireNonNull(variables, "variables");
    Objects.requireNonNull(leap, "leap");
    selected = List.copyOf(selected);
  }
}
