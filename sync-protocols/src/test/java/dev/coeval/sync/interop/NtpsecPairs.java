package dev.coeval.sync.interop;

import dev.coeval.sync.interop.Pair.Direction;
import dev.coeval.sync.ntp.server.NtpServer;
import dev.coeval.sync.ntp.server.NtpServerConfig;
import java.util.List;
import java.util.Locale;

/** ntpd of ntpsec. */
final class NtpsecPairs {
  private static final String PEER = "ntpd (ntpsec)";

  private NtpsecPairs() {}

  static List<Pair> all() {
    return List.of(
        new Pair(PEER, "basic", Direction.THEY_FROM_US, NtpsecPairs::asksUs),
        new Pair(PEER, "basic", Direction.WE_FROM_THEM, NtpsecPairs::servesUs));
  }

  private static String asksUs(Site site) throws Exception {
    OurServer server =
        site.closing(
            OurServer.start(
                site.ours(), clock -> new NtpServer(NtpServerConfig.defaults(), clock)));
    Ntpsec ntpd =
        Ntpsec.start(site.host(), "server " + server.host() + " iburst minpoll 3 maxpoll 3");
    return seen(ntpd, ntpd.awaitPeers(40, "\\*" + server.host()));
  }

  /** The columns of ntpq: remote refid st t when poll reach delay offset jitter, in ms. */
  static String seen(Ntpsec ntpd, String peers) throws Exception {
    String[] columns = Await.found(peers, "\\*(.*)").split(" +", -1);
    double offsetMillis = Double.parseDouble(columns[8]);
    Await.near(OurServer.AHEAD_SECONDS * 1e3, offsetMillis, OurServer.ALLOWED_SECONDS * 1e3, peers);
    return String.format(
        Locale.ROOT,
        "found %+.6f s of %+.2f s, delay %s ms, reach %s, selected",
        offsetMillis / 1e3,
        OurServer.AHEAD_SECONDS,
        columns[7],
        columns[6]);
  }

  private static String servesUs(Site site) throws Exception {
    Ntpsec ntpd = Ntpsec.start(site.host(), "tos orphan 5 orphanwait 1");
    OurClient client = site.closing(OurClient.start(site.ours(), OurClient.asking(ntpd.address())));
    return client.awaitTruth(40);
  }
}
