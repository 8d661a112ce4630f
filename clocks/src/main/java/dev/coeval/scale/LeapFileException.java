package dev.coeval.scale;

/** A text is not a leap-second file: where, and what is wrong, in one line. */
public final class LeapFileException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** The line. */
  private final int line;

  /**
   * Creates the exception.
   *
   * @param line the number of the line, from 1
   * @param problem what is wrong with it, and what is allowed
   */
  public LeapFileException(int line, String problem) {
    super("line " + line + ": " + problem);
    this.line = line;
  }

  /**
   * Where it is.
   *
   * @return the number of the line, from 1
   */
  public int line() {
    return line;
  }
}
