package dev.coeval.sync.ntp;

import dev.coeval.sync.discipline.Cause;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;

/**
 * A source has been of no use for so long that another one in its place would serve better.
 * Published once, until it is of use again, which a {@link ServerReachability} or a {@link
 * ServerSample} of it tells. The machine goes on asking it, unless it denied service, until its
 * owner takes it out.
 *
 * @param peer the source
 * @param cause why
 * @param reason the same, for people
 */
public record SourceUnfit(PeerId peer, Cause cause, String reason) implements Report {

  /** After so many exchanges in a row that were of no use. */
  public static final int AFTER = 8;
}
