package dev.coeval.logical.identity;

import java.util.Objects;

/**
 * What a high-water mark remembers is not the whole past of its process, so that going on could
 * give a stamp twice. Start a new lineage instead, with {@link FileHighWaterMark#startLineage}; a
 * person may want to know why first.
 */
public final class LostPastException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /** How it is known. */
  public enum Reason {
    /** What is stored cannot be read, and is not just the trace of one interrupted write. */
    DAMAGED,
    /** The file is not the one that was written: it was copied, moved, or restored. */
    COPIED,
    /** Somebody knows more of this process than it does itself: it was set back. */
    OVERTAKEN
  }

  /** How it is known. */
  private final Reason reason;

  /**
   * Creates the exception.
   *
   * @param reason how it is known
   * @param message what was found, and where
   */
  public LostPastException(Reason reason, String message) {
    super(message);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /**
   * How it is known.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }
}
