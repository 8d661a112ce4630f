package dev.coeval.sync.interop;

import dev.coeval.sync.interop.Pair.Direction;
import dev.coeval.sync.measure.Rejection;
import java.util.List;
import java.util.Locale;

/** ntpd of ntpsec, taking time from us. */
final class NtpsecPairs {
  static final String PEER = "ntpd (ntpsec)";
  private static final int PATIENCE_SECONDS = 60;

  private NtpsecPairs() {}

  static List<Pair> all() {
    return List.of(
        pair("basic", site -> asks(site, "")),
        pair("AES128-CMAC", site -> asks(site, "key 1")),
        pair("SHA-256", site -> asks(site, "key 2")),
        pair("wrong key", NtpsecPairs::hasWrongKey));
  }

  private static Pair pair(String mode, Pair.Script script) {
    return new Pair(PEER, mode, Direction.THEY_FROM_US, script);
  }

  private static String asks(Site site, String options) throws Exception {
    OurServer server = OurServer.start(site);
    Ntpsec ntpd = asking(site, server, options, SharedKeys.ntpd());
    String peers = ntpd.awaitPeers(PATIENCE_SECONDS, "\\*" + server.host());
    if (!options.isEmpty()) {
      Await.check(ntpd.associations().contains(" ok "), ntpd.associations());
    }
    return seen(peers);
  }

  private static Ntpsec asking(Site site, OurServer server, String options, List<String> keys)
      throws Exception {
    Site.Host host = site.host();
    return Ntpsec.start(
        host,
        "keys " + host.write("keys", keys),
        "trustedkey 1 2",
        "server " + server.host() + " iburst minpoll 3 maxpoll 3 " + options);
  }

  /** The columns of ntpq: remote refid st t when poll reach delay offset jitter, in ms. */
  static String seen(String peers) {
    String[] columns = Await.found(peers, "\\*(.*)").split(" +", -1);
    double offsetMillis = Double.parseDouble(columns[8]);
    Await.near(OurServer.AHEAD_SECONDS * 1e3, offsetMillis, OurServer.ALLOWED_SECONDS * 1e3, peers);
    return String.format(
        Locale.ROOT,
        "found %+.6f s of %+.2f s, delay %.0f µs, reach %s, selected",
        offsetMillis / 1e3,
        OurServer.AHEAD_SECONDS,
        Double.parseDouble(columns[7]) * 1e3,
        columns[6]);
  }

  private static String hasWrongKey(Site site) throws Exception {
    OurServer server = OurServer.start(site);
    Ntpsec ntpd = asking(site, server, "key 1", SharedKeys.wrongForNtpd());
    long refused =
        Await.until(
            PATIENCE_SECONDS,
            () -> server.rejected(Rejection.BAD_AUTHENTICATION),
            count -> count >= 3);
    String peers = ntpd.peers();
    Await.check(!peers.contains("*" + server.host()), peers);
    return refused + " requests refused: " + Rejection.BAD_AUTHENTICATION;
  }
}
