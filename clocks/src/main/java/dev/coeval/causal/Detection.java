package dev.coeval.causal;

import java.util.Objects;
import java.util.Optional;

/**
 * Whether something was so in a recorded execution.
 *
 * @param answer yes, no, or that it was not found out
 * @param witness a state that shows the answer, if one state can: for {@code possibly}, one in
 *     which it is so
 * @param statesSeen how many global states were looked at
 */
public record Detection(Answer answer, Optional<GlobalState> witness, long statesSeen) {

  /** What can be answered. */
  public enum Answer {
    /** It was so. */
    YES,
    /** It was not so. */
    NO,
    /** The limit of states was reached before the answer was found. */
    LIMIT_REACHED
  }

  /**
   * Creates a detection.
   *
   * @param answer as above
   * @param witness as above
   * @param statesSeen as above
   */
  public Detection {
    Objects.requireNonNull(answer, "answer");
    Objects.requireNonNull(witness, "witness");
  }
}
