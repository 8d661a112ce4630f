package dev.coeval.examples.hosts;

import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.time.ClockModel;

/**
 * An exchange with its stamps on one time line: all in nanoseconds since the Unix epoch, T1 and T4
 * by the local clock as it stood at T4.
 *
 * @param offsetNanos the server's time minus the local clock: ((T2 - T1) + (T3 - T4)) / 2
 * @param delayNanos (T4 - T1) - (T3 - T2)
 * @param boundNanos the true time minus the local clock is no further than this from the offset
 * @param t1 when the request left, by the local clock
 * @param t2 when it arrived, by the server's
 * @param t3 when the reply left, by the server's
 * @param t4 when it arrived, by the local clock
 */
record ExchangeRow(
    long offsetNanos, long delayNanos, long boundNanos, long t1, long t2, long t3, long t4) {

  static ExchangeRow of(Measurement exchange, ClockModel local) {
    long t1 = local.epochNanosAt(exchange.sentTickNanos());
    long t2 = exchange.peerReceivedEpochNanos();
    long t3 = exchange.peerSentEpochNanos();
    long t4 = local.epochNanosAt(exchange.receivedTickNanos());
    OffsetBounds bounds = exchange.bounds(0, local.driftBoundPpb());
    long middle = exchange.offsetNanos();
    return new ExchangeRow(
        Math.floorDiv((t2 - t1) + (t3 - t4), 2),
        (t4 - t1) - (t3 - t2),
        Math.max(bounds.highNanos() - middle, middle - bounds.lowNanos()),
        t1,
        t2,
        t3,
        t4);
  }
}
