package dev.coeval.sync.ntp;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import java.util.Optional;

/**
 * What came of a whole query, published once at its end.
 *
 * @param server who was asked
 * @param outcome {@link QueryOutcome#ANSWERED} if any exchange brought time, otherwise what came of
 *     the last
 * @param sent how many requests were sent
 * @param answered how many of them brought time
 * @param best the exchange with the shortest delay, whose offset is the least uncertain
 * @param reason the outcome for people
 */
public record QueryResult(
    PeerId server,
    QueryOutcome outcome,
    int sent,
    int answered,
    Optional<QueryReply> best,
    String reason)
    implements Report {}
