package dev.coeval.sync.ntp.exchange;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;

/** One end that polls by a dialogue, and holds each measurement against the truth. */
final class Speaker {

  /** Half a nanosecond of rounding at each of the stamps. */
  private static final long ROUNDING = 3;

  private final Network network;
  private final End end;
  private final End remote;
  private final Dialogue dialogue;
  private final long driftBoundPpb;
  private final Map<Rejection, Integer> reasons = new EnumMap<>(Rejection.class);
  private long sequence;
  private int basic;
  private int interleaved;
  private int heard;

  Speaker(Network network, End end, End remote, Dialogue dialogue, long driftBoundPpb) {
    this.network = network;
    this.end = end;
    this.remote = remote;
    this.dialogue = dialogue;
    this.driftBoundPpb = driftBoundPpb;
  }

  /** Makes a packet; it leaves a little later, when the stamp of its departure is known. */
  ByteBuffer speak(long lagNanos) {
    long now = network.now();
    ByteBuffer datagram = dialogue.next(++sequence, end.at(now));
    ClockReading sent = end.at(now + lagNanos / 2);
    dialogue.sent(
        sequence, new ClockReading(sent.tickNanos(), sent.wallEpochNanos(), lagNanos / 2 + 1));
    return datagram;
  }

  void hear(long time, ByteBuffer datagram) {
    long lag = network.random().nextInt(20_000);
    Reply reply = dialogue.accept(end.at(time + lag), datagram);
    if (reply instanceof Reply.Good good) {
      hold(good.measurement());
      interleaved += good.isInterleaved() ? 1 : 0;
      basic += good.isInterleaved() ? 0 : 1;
    } else if (reply instanceof Reply.Refused refused) {
      reasons.merge(refused.reason(), 1, Integer::sum);
    } else if (reply instanceof Reply.Stray stray) {
      reasons.merge(stray.reason(), 1, Integer::sum);
    } else {
      heard++;
    }
  }

  private void hold(Measurement measurement) {
    long tick = measurement.receivedTickNanos();
    long truth = end.trueEpochNanos(tick) - tick;
    OffsetBounds bounds = measurement.bounds(0, driftBoundPpb);
    assertTrue(
        bounds.lowNanos() - ROUNDING <= truth && truth <= bounds.highNanos() + ROUNDING,
        () -> truth + " not in " + bounds + ", " + measurement);
    if (driftBoundPpb == 0) {
      long allowed = measurement.delayNanos() / 2 + measurement.root().errorNanos() + ROUNDING;
      long error = Math.abs(measurement.offsetNanos() - truth);
      assertTrue(error <= allowed, () -> error + " > " + allowed + ": " + measurement);
    }
  }

  Dialogue dialogue() {
    return dialogue;
  }

  End end() {
    return end;
  }

  End remote() {
    return remote;
  }

  int basic() {
    return basic;
  }

  int interleaved() {
    return interleaved;
  }

  int heard() {
    return heard;
  }

  int good() {
    return basic + interleaved;
  }

  int rejected(Rejection reason) {
    return reasons.getOrDefault(reason, 0);
  }

  Map<Rejection, Integer> reasons() {
    return reasons;
  }
}
