package dev.coeval.logical;

import java.util.Objects;

/**
 * Bytes or text are not a stamp: the one exception that every decoder and every {@code parse} of
 * the logical clocks throws, whatever it is given.
 *
 * <p>Bytes come from the network, so this is no programmer's error: catch it where messages are
 * received, count it by {@link #reason()}, and go on. It carries no stack trace, so a flood of bad
 * messages costs little. The buffer's position is where it was before the call.
 */
public final class StampFormatException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** What is wrong with the bytes. */
  public enum Reason {
    /** They end before the stamp does. */
    TRUNCATED,
    /** They are another kind of stamp, or none. */
    WRONG_KIND,
    /** They are of a version of the format that this library does not know. */
    UNKNOWN_VERSION,
    /** A number is outside its range. */
    OUT_OF_RANGE,
    /** They say more than a stamp may hold: too many entries, too deep, too long a name. */
    TOO_LARGE,
    /** They mean a stamp, but are not how that stamp is written. */
    NOT_CANONICAL,
    /** Text that no stamp is written as. */
    NOT_A_STAMP
  }

  /** What is wrong. */
  private final Reason reason;

  /**
   * Creates the exception.
   *
   * @param reason what is wrong with the bytes
   * @param message where, and what was expected there
   */
  public StampFormatException(Reason reason, String message) {
    super(message);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /**
   * What is wrong with the bytes.
   *
   * @return the reason, to be counted
   */
  public Reason reason() {
    return reason;
  }

  /**
   * Does nothing: where this was thrown says nothing about the bytes.
   *
   * @return this
   */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
