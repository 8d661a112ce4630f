package dev.coeval.sync.runtime;

/**
 * A runtime could not take its place on the network: its port is in use or privileged, its address
 * is not of this host. The message is one line for people, and says what to do.
 */
public final class RuntimeStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * With what to tell people.
   *
   * @param message one line: what is wrong and what to do
   * @param cause what the operating system said
   */
  public RuntimeStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
