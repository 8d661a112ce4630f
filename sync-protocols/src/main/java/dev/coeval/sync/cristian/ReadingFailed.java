package dev.coeval.sync.cristian;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;

/**
 * A synchronization with a server came to nothing: all its attempts failed.
 *
 * @param server who was asked
 * @param attempts how often
 * @param unanswered how many of these attempts got no reply in time
 * @param reason what was wrong, for people
 */
public record ReadingFailed(PeerId server, int attempts, int unanswered, String reason)
    implements Report {}
