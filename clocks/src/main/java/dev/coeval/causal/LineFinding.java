package dev.coeval.causal;

import java.util.Objects;

/**
 * A line of a text that is no part of an event as it should be.
 *
 * @param line its number, one for the first
 * @param kind what is wrong
 * @param detail what is there
 */
public record LineFinding(long line, Kind kind, String detail) {

  /** What can be wrong with a line. */
  public enum Kind {
    /** It is neither a name with a clock nor the text of an event: it was passed over. */
    NOT_AN_EVENT,
    /** What should be a clock is not a JSON object of counts: the event was passed over. */
    BAD_CLOCK,
    /** A name is not the id of an actor: the event was passed over. */
    BAD_NAME,
    /** The clock has no entry for the process itself: the event was passed over. */
    NO_OWN_ENTRY,
    /** The line with the event's text is missing: the event was taken with an empty text. */
    NO_TEXT,
    /** The line is longer than {@link ShiVizReader#MAX_LINE}: the rest of it was passed over. */
    TOO_LONG
  }

  /**
   * Creates a finding.
   *
   * @param line as above
   * @param kind as above
   * @param detail as above
   */
  public LineFinding {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(detail, "detail");
  }
}
