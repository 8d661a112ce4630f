package dev.coeval.bench.peers;

import dev.coeval.time.ClockReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.commons.net.ntp.NTPUDPClient;
import org.apache.commons.net.ntp.NtpV3Packet;
import org.apache.commons.net.ntp.TimeInfo;
import org.apache.commons.net.ntp.TimeStamp;

/**
 * NTPUDPClient of Apache Commons Net. It stamps in milliseconds, and says its offset in
 * milliseconds; the server's part of its packets has more, so that an offset can be recomputed from
 * the four stamps.
 */
final class CommonsNetClient implements Client {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double FRACTIONS = 4_294_967_296.0;
  private static final double NANOS_PER_SECOND = 1e9;

  private final ClockReader reader;
  private final boolean isRecomputed;

  /** One that says {@code getOffset()}, or one whose stamps are computed with anew. */
  CommonsNetClient(ClockReader reader, boolean isRecomputed) {
    this.reader = reader;
    this.isRecomputed = isRecomputed;
  }

  @Override
  public String name() {
    return isRecomputed ? "commons-net, recomputed from its stamps" : "commons-net getOffset()";
  }

  @Override
  public List<Exchange> ask(InetSocketAddress server, Plan plan) throws IOException {
    List<Exchange> exchanges = new ArrayList<>();
    for (int i = 0; i < plan.warmUp() + plan.count(); i++) {
      // A socket each: on one socket every reply after a late one is taken for the wrong request.
      try (NTPUDPClient client = new NTPUDPClient()) {
        client.setDefaultTimeout(plan.patience());
        client.open();
        TimeInfo info = client.getTime(server.getAddress(), server.getPort());
        info.computeDetails();
        if (i >= plan.warmUp()) {
          exchanges.add(isRecomputed ? recomputed(info) : said(info));
        }
      } catch (IOException e) {
        continue; // lost
      }
      reader.pause(plan.interval().toNanos());
    }
    return exchanges;
  }

  private static Exchange said(TimeInfo info) {
    return new Exchange(
        Objects.requireNonNull(info.getOffset()) * NANOS_PER_MILLI,
        Objects.requireNonNull(info.getDelay()) * NANOS_PER_MILLI);
  }

  private static Exchange recomputed(TimeInfo info) {
    NtpV3Packet packet = info.getMessage();
    TimeStamp sent = packet.getOriginateTimeStamp();
    TimeStamp received = TimeStamp.getNtpTime(info.getReturnTime());
    double there = nanosBetween(sent, packet.getReceiveTimeStamp());
    double back = nanosBetween(packet.getTransmitTimeStamp(), received);
    return new Exchange((there - back) / 2, there + back);
  }

  private static double nanosBetween(TimeStamp from, TimeStamp to) {
    return (to.ntpValue() - from.ntpValue()) / FRACTIONS * NANOS_PER_SECOND;
  }
}
