package dev.coeval.sync.interop;

import dev.coeval.sync.interop.Pair.Direction;
import dev.coeval.sync.measure.Rejection;
import java.util.List;
import java.util.Locale;

/** OpenBSD's ntpd. */
final class OpenNtpdPairs {
  private static final String PEER = "ntpd (OpenNTPD)";

  private static final long STARTED_WITHIN_NANOS = 4_000_000_000L;

  private OpenNtpdPairs() {}

  static List<Pair> all() {
    return List.of(
        new Pair(PEER, "basic", Direction.THEY_FROM_US, OpenNtpdPairs::asksUs),
        new Pair(PEER, "basic", Direction.WE_FROM_THEM, OpenNtpdPairs::serves),
        new Pair(
            PEER,
            "known offset and rate (libfaketime)",
            Direction.WE_FROM_THEM,
            OpenNtpdPairs::servesFakedTime),
        new Pair(PEER, "not synchronized", Direction.WE_FROM_THEM, OpenNtpdPairs::isNotBelieved));
  }

  private static String asksUs(Site site) throws Exception {
    OurServer server = OurServer.start(site);
    OpenNtpd ntpd = OpenNtpd.start(site.host(), "server " + server.host());
    String log = ntpd.awaitLog(60, "now valid");
    double offset = Await.number(log, "(?s).*: offset ([-.\\d]+)");
    Await.near(OurServer.AHEAD_SECONDS, offset, OurServer.ALLOWED_SECONDS, log);
    return String.format(
        Locale.ROOT,
        "found %+.6f s of %+.2f s, delay %s s, valid",
        offset,
        OurServer.AHEAD_SECONDS,
        Await.found(log, "(?s).*delay ([.\\d]+)"));
  }

  private static String serves(Site site) throws Exception {
    OpenNtpd ntpd = OpenNtpd.serving(site, "+0");
    OurClient client = site.closing(OurClient.start(site.ours(), OurClient.asking(ntpd.address())));
    return client.awaitTruth(30);
  }

  /** libfaketime counts from the start of the process: known to half a second, or 50 µs. */
  private static String servesFakedTime(Site site) throws Exception {
    long begin = Await.HOST.read().wallEpochNanos();
    OpenNtpd ntpd = OpenNtpd.serving(site, "+0.5 x1.0001");
    OurClient client = site.closing(OurClient.start(site.ours(), OurClient.asking(ntpd.address())));
    long base = begin + STARTED_WITHIN_NANOS / 2;
    OurClient.Truth truth =
        new OurClient.Truth(
            wall -> wall + 500_000_000L + (wall - base) / 10_000, STARTED_WITHIN_NANOS / 20_000);
    return "+0.5 s and +100 ppm: " + client.awaitTruth(30, truth);
  }

  /** It has no server that it could trust by then, and says so. */
  private static String isNotBelieved(Site site) throws Exception {
    OpenNtpd ntpd =
        OpenNtpd.start(site.host(), "listen on *", "server " + OurServer.start(site).host());
    OurClient client = site.closing(OurClient.start(site.ours(), OurClient.asking(ntpd.address())));
    long refused =
        Await.until(30, () -> client.rejected(Rejection.PEER_UNSYNCHRONIZED), count -> count >= 5);
    Await.check(!client.isSynchronized(), client);
    return refused + " replies refused, none used: " + Rejection.PEER_UNSYNCHRONIZED;
  }
}
