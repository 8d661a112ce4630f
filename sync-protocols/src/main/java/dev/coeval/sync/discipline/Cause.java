package dev.coeval.sync.discipline;

/**
 * Why a synchronizer, or one of its sources, stands as it does: for programs, as a {@link
 * SyncStatus}'s reason is for people.
 */
public enum Cause {
  /** Nothing is to be explained: all is well, or there is no more to say. */
  NONE,
  /** It has not answered, or not for long. */
  NO_REPLY,
  /** Its name has no address. */
  NAME_UNRESOLVED,
  /** Fewer sources are fit than are wanted, or than the number of false ones asks for. */
  TOO_FEW_SOURCES,
  /** The sources are divided, and no side has more than half; see {@link SyncStatus#groups()}. */
  NO_MAJORITY,
  /** It contradicts a majority, or itself: a falseticker. */
  FALSETICKER,
  /** Its largest error, the root distance, is beyond the limit. */
  DISTANCE_TOO_LARGE,
  /** Its offsets scatter beyond the limit. */
  JITTER_TOO_LARGE,
  /** It is fit, but scatters more than others that agree with it do. */
  OUTLIER,
  /** It is fit, but another one is preferred to it. */
  NOT_PREFERRED,
  /** Its owner wants it only to be looked at. */
  NOSELECT,
  /** None of the sources that are required is selected. */
  REQUIRED_MISSING,
  /** Its messages cannot be shown to be its own. */
  AUTHENTICATION_FAILED,
  /** It asks for fewer requests (RFC 5905 section 7.4: RATE). */
  KISS_RATE,
  /** It wants no requests (RFC 5905 section 7.4: DENY, RSTR). */
  KISS_DENY,
  /** It is not synchronized itself. */
  PEER_UNSYNCHRONIZED,
  /** Nobody knows whether a leap second comes, or the sources are divided on it. */
  LEAP_UNKNOWN,
  /** Some sources smear a leap second and others do not. */
  SMEAR_MIXED,
  /** It takes its time from here (RFC 5905 section 14). */
  LOOP,
  /** Its stratum is not one that is wanted. */
  STRATUM,
  /** Its round trips are longer, or less steady, than what is accepted. */
  DELAY_TOO_LARGE,
  /** The host was suspended, so ticks do not tell how much time has passed. */
  SUSPENDED,
  /** The local wall clock was stepped, which cannot be told from a suspension for sure. */
  WALL_STEPPED,
  /** There was no majority of sources for longer than anything known is trusted. */
  SILENCE,
  /** The time that the sources tell has stepped. */
  SOURCE_STEPPED,
  /** The sources ask for a change beyond the panic limit. */
  PANIC,
}
