package dev.coeval.sync.interop;

import dev.coeval.sync.interop.Pair.Direction;
import dev.coeval.sync.ntp.server.NtpServer;
import dev.coeval.sync.ntp.server.NtpServerConfig;
import java.util.List;
import java.util.Locale;

/** chronyd of chrony. */
final class ChronydPairs {
  private static final String PEER = "chronyd";
  private static final String FEW_GOOD = "Total good RX +: (?:[4-9]|\\d\\d+)\\b";

  private ChronydPairs() {}

  static List<Pair> all() {
    return List.of(
        new Pair(PEER, "basic", Direction.THEY_FROM_US, site -> asksUs(site, "", "No")),
        new Pair(PEER, "basic, version 3", Direction.THEY_FROM_US, ChronydPairs::asksInVersion3),
        new Pair(PEER, "basic", Direction.WE_FROM_THEM, ChronydPairs::servesUs));
  }

  private static OurServer server(Site site) throws Exception {
    return site.closing(
        OurServer.start(
            site.ours(),
            clock ->
                new NtpServer(
                    NtpServerConfig.guarded(1)
                        .withRateLimit(dev.coeval.sync.ntp.server.RateLimit.NONE),
                    clock)));
  }

  private static String asksUs(Site site, String options, String interleaved) throws Exception {
    OurServer server = server(site);
    Chronyd chronyd =
        Chronyd.asking(site.host(), "server " + server.host() + " iburst " + options, "port 0");
    String data = chronyd.awaitData(30, FEW_GOOD);
    Await.check(Await.found(data, "Interleaved +: (\\w+)").equals(interleaved), data);
    return seen(chronyd, data);
  }

  private static String asksInVersion3(Site site) throws Exception {
    OurServer server = server(site);
    Chronyd chronyd =
        Chronyd.asking(site.host(), "server " + server.host() + " iburst version 3", "port 0");
    String data = chronyd.awaitData(30, FEW_GOOD);
    Await.check(Await.found(data, "Version +: (\\d)").equals("3"), data);
    return seen(chronyd, data);
  }

  private static String seen(Chronyd chronyd, String data) throws Exception {
    Await.check(Await.found(data, "NTP tests +: ([01 ]+)").equals("111 111 1111"), data);
    Await.check(Await.found(data, "Leap status +: (\\w+)").equals("Normal"), data);
    double wrong = chronyd.foundWrongBy();
    Await.near(OurServer.AHEAD_SECONDS, wrong, OurServer.ALLOWED_SECONDS, chronyd);
    double delay = Await.number(data, "Peer delay +: ([-+.\\d]+) seconds");
    return String.format(
        Locale.ROOT,
        "found %+.6f s of %+.2f s, delay %.0f µs, all NTP tests passed",
        wrong,
        OurServer.AHEAD_SECONDS,
        delay * 1e6);
  }

  private static String servesUs(Site site) throws Exception {
    Chronyd chronyd = Chronyd.start(site.host(), "local stratum 3", "allow all");
    OurClient client =
        site.closing(OurClient.start(site.ours(), OurClient.asking(chronyd.address())));
    return client.awaitTruth(30);
  }
}
