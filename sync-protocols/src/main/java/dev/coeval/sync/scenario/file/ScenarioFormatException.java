package dev.coeval.sync.scenario.file;

/**
 * A scenario file says something that cannot be. The message is one line: the file, the line, what
 * is wrong there, and what is allowed.
 */
public final class ScenarioFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** The line, from 1 on. */
  private final int line;

  ScenarioFormatException(String file, int line, String what) {
    super(file + ":" + line + ": " + what.replaceAll("\\s*\\R\\s*", " "));
    this.line = line;
  }

  /**
   * Where it is.
   *
   * @return the number of the line, from 1 on
   */
  public int line() {
    return line;
  }
}
