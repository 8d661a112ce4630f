package dev.coeval.examples.hosts;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.measure.Measurement;
import org.jspecify.annotations.Nullable;

/**
 * A request was answered, or came to nothing.
 *
 * @param sequence which request, from 1 on
 * @param peer who was asked
 * @param measurement what the exchange told; null if it was lost or its reply was not usable
 * @param last whether the peer will not be asked again
 */
record ExchangeSeen(long sequence, PeerId peer, @Nullable Measurement measurement, boolean last)
    implements Report {}
