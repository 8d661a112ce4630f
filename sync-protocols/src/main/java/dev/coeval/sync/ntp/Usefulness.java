package dev.coeval.sync.ntp;

import dev.coeval.sync.discipline.Cause;

/** Whether a source is of use, and since how many exchanges it is not. */
final class Usefulness {
  private int useless;
  private boolean isTold;

  /** It was of use. */
  void useful() {
    useless = 0;
    isTold = false;
  }

  /** An exchange was of no use; true if its owner should be told now. */
  boolean useless() {
    useless = Math.min(useless + 1, SourceUnfit.AFTER);
    return useless == SourceUnfit.AFTER && tell();
  }

  /** It is of no use at all any more; true if its owner has not been told yet. */
  boolean tell() {
    boolean isNews = !isTold;
    isTold = true;
    return isNews;
  }

  /** Whether a source that was left out for this reason could be replaced by a better one. */
  static boolean isFault(Cause cause) {
    return switch (cause) {
      case FALSETICKER,
          DISTANCE_TOO_LARGE,
          JITTER_TOO_LARGE,
          STRATUM,
          LOOP,
          PEER_UNSYNCHRONIZED,
          DELAY_TOO_LARGE,
          SMEAR_MIXED ->
          true;
      default -> false;
    };
  }
}
