package dev.coeval.sync.interop;

import dev.coeval.sync.interop.Pair.Direction;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.server.NtpServer;
import dev.coeval.sync.ntp.server.NtpServerConfig;
import java.util.List;
import java.util.Locale;

/** OpenBSD's ntpd. */
final class OpenNtpdPairs {
  private static final String PEER = "ntpd (OpenNTPD)";

  private OpenNtpdPairs() {}

  static List<Pair> all() {
    return List.of(
        new Pair(PEER, "basic", Direction.THEY_FROM_US, OpenNtpdPairs::asksUs),
        new Pair(PEER, "not synchronized", Direction.WE_FROM_THEM, OpenNtpdPairs::isNotBelieved));
  }

  private static OurServer server(Site site) throws Exception {
    return site.closing(
        OurServer.start(site.ours(), clock -> new NtpServer(NtpServerConfig.defaults(), clock)));
  }

  private static String asksUs(Site site) throws Exception {
    OurServer server = server(site);
    OpenNtpd ntpd = OpenNtpd.start(site.host(), "server " + server.host());
    String log = ntpd.awaitLog(60, "now valid");
    double offset = Await.number(log, "reply from [\\d.]+: offset ([-.\\d]+)");
    Await.near(OurServer.AHEAD_SECONDS, offset, OurServer.ALLOWED_SECONDS, log);
    return String.format(
        Locale.ROOT,
        "found %+.6f s of %+.2f s, delay %s s, valid",
        offset,
        OurServer.AHEAD_SECONDS,
        Await.found(log, "delay ([.\\d]+)"));
  }

  /** It has no server that it could trust by then, and says so. */
  private static String isNotBelieved(Site site) throws Exception {
    OpenNtpd ntpd = OpenNtpd.start(site.host(), "listen on *", "server " + server(site).host());
    OurClient client = site.closing(OurClient.start(site.ours(), OurClient.asking(ntpd.address())));
    long refused =
        Await.until(30, () -> client.rejected(Rejection.PEER_UNSYNCHRONIZED), count -> count >= 5);
    Await.check(!client.isSynchronized(), client);
    return refused + " replies refused, none used: " + Rejection.PEER_UNSYNCHRONIZED;
  }
}
