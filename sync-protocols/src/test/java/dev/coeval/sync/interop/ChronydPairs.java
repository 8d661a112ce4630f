package dev.coeval.sync.interop;

import dev.coeval.sync.interop.Pair.Direction;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.server.RateLimit;
import dev.coeval.sync.ntp.server.ServerEvent;
import java.util.List;
import java.util.Locale;

/** chronyd of chrony, taking time from us. */
final class ChronydPairs {
  static final String PEER = "chronyd";
  private static final String FEW_GOOD = "Total good RX +: (?:[4-9]|\\d\\d+)\\b";
  private static final int PATIENCE_SECONDS = 40;

  private ChronydPairs() {}

  static List<Pair> all() {
    return List.of(
        pair("basic", site -> asks(site, "", "Version +: 4")),
        pair("version 3", site -> asks(site, "version 3", "Version +: 3")),
        pair("interleaved", site -> asks(site, "xleave", "Interleaved +: Yes")),
        pair("AES128-CMAC", site -> asks(site, "key 1", "Authenticated +: Yes")),
        pair("SHA-256", site -> asks(site, "key 2", "Authenticated +: Yes")),
        pair(
            "interleaved, AES128-CMAC",
            site -> asks(site, "xleave key 1", "Interleaved +: Yes(?s:.)*Authenticated +: Yes")),
        pair("wrong key", ChronydPairs::hasWrongKey),
        pair("not synchronized", ChronydPairs::doesNotBelieve),
        pair("over the rate limit", ChronydPairs::obeysKiss));
  }

  private static Pair pair(String mode, Pair.Script script) {
    return new Pair(PEER, mode, Direction.THEY_FROM_US, script);
  }

  private static String asks(Site site, String options, String expected) throws Exception {
    OurServer server = OurServer.start(site);
    Chronyd chronyd = asking(site, server, options, SharedKeys.chrony());
    chronyd.awaitData(PATIENCE_SECONDS, FEW_GOOD);
    return seen(chronyd, chronyd.awaitData(PATIENCE_SECONDS, expected));
  }

  private static Chronyd asking(Site site, OurServer server, String options, List<String> keys)
      throws Exception {
    Site.Host host = site.host();
    String keyFile = host.write("keys", keys).toString();
    return Chronyd.asking(
        host, "server " + server.host() + " iburst " + options, "port 0", "keyfile " + keyFile);
  }

  static String seen(Chronyd chronyd, String data) throws Exception {
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

  private static String hasWrongKey(Site site) throws Exception {
    OurServer server = OurServer.start(site);
    Chronyd chronyd = asking(site, server, "key 1", SharedKeys.wrongForChrony());
    long refused =
        Await.until(
            PATIENCE_SECONDS,
            () -> server.rejected(Rejection.BAD_AUTHENTICATION),
            count -> count >= 5);
    String data = chronyd.tell("ntpdata");
    Await.check(Await.found(data, "Total good RX +: (\\d+)").equals("0"), data);
    Await.check(server.count(ServerEvent.REPLIED) == 0, "replied");
    return refused + " requests refused: " + Rejection.BAD_AUTHENTICATION;
  }

  private static String doesNotBelieve(Site site) throws Exception {
    OurServer server = OurServer.startUnsynchronized(site);
    Chronyd chronyd = asking(site, server, "", List.of());
    String data = chronyd.awaitData(PATIENCE_SECONDS, "Total RX +: (?:[4-9]|\\d\\d+)\\b");
    Await.check(Await.found(data, "Total good RX +: (\\d+)").equals("0"), data);
    return Await.found(data, "Total RX +: (\\d+)") + " replies, none used";
  }

  /** One request in 8 s is let through, it asks 4 times a second. */
  private static String obeysKiss(Site site) throws Exception {
    OurServer server =
        OurServer.start(site, OurServer.config().withRateLimit(new RateLimit(3, 2, 3, 0)));
    Chronyd chronyd = asking(site, server, "", List.of());
    String said =
        Await.untilFound(
            PATIENCE_SECONDS, chronyd::toString, "Received KoD RATE from " + server.host());
    return Await.found(said, "(Received KoD RATE)") + ", said in its log";
  }
}
