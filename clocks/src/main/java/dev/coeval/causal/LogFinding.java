package dev.coeval.causal;

import java.util.Objects;

/**
 * Something that is wrong with a recorded history, or missing from it.
 *
 * @param kind what it is
 * @param event the event at which it shows
 * @param detail what was expected and what is there
 */
public record LogFinding(Kind kind, CausalEvent event, String detail) {

  /** What can be found. */
  public enum Kind {
    /** Events of the process before this one are not in the log. */
    MISSING_BEFORE(true),
    /** The stamp counts events of another process that come after its last one in the log. */
    MISSING_CAUSE(true),
    /** Two events of a process have the same number: its identity was used twice. */
    SAME_NUMBER(false),
    /** The event does not count all that an earlier event of its process counts. */
    FORGETS_OWN_PAST(false),
    /** The event counts another one, but not all that this one counts. */
    FORGETS_PAST_OF_CAUSE(false),
    /** The event counts another one that counts it. */
    CAUSES_ITSELF(false);

    private final boolean hole;

    Kind(boolean hole) {
      this.hole = hole;
    }

    /**
     * Whether the log is incomplete here, rather than wrong.
     *
     * @return true if more events could make it right
     */
    public boolean isHole() {
      return hole;
    }
  }

  /**
   * Creates a finding.
   *
   * @param kind as above
   * @param event as above
   * @param detail as above
   */
  public LogFinding {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(event, "event");
    Objects.requireNonNull(detail, "detail");
  }
}
