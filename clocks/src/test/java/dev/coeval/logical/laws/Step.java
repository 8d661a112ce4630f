package dev.coeval.logical.laws;

/**
 * One event of a trace.
 *
 * @param kind what happens
 * @param process where, from zero
 * @param cause for a receipt, the index of the event that sent the message; otherwise {@link #NONE}
 */
public record Step(Kind kind, int process, int cause) {

  /** No cause but the process's own past. */
  public static final int NONE = -1;

  /** What can happen. */
  public enum Kind {
    /** Nothing that another process sees. */
    LOCAL,
    /** A message leaves; nobody, one or many may receive it, any number of times. */
    SEND,
    /** A message arrives. */
    RECEIVE
  }

  @Override
  public String toString() {
    return switch (kind) {
      case LOCAL -> "p" + process;
      case SEND -> "p" + process + "!";
      case RECEIVE -> "p" + process + "?" + cause;
    };
  }
}
