package dev.coeval.sync.interop;

import dev.coeval.sync.interop.Pair.Direction;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.exchange.Wire;
import java.util.List;

/** chronyd of chrony, giving time to us. */
final class ChronydServesPairs {
  private static final int PATIENCE_SECONDS = 40;

  private ChronydServesPairs() {}

  static List<Pair> all() {
    return List.of(
        pair("basic", site -> serves(site, Wire.DEFAULT)),
        pair("version 3", site -> serves(site, new Wire(3, false, Wire.NO_KEY))),
        pair("interleaved", ChronydServesPairs::servesInterleaved),
        pair("AES128-CMAC", site -> serves(site, new Wire(4, false, SharedKeys.AES))),
        pair("SHA-256", site -> serves(site, new Wire(4, false, SharedKeys.SHA256))),
        pair("wrong key", ChronydServesPairs::hasWrongKey),
        pair("not synchronized", ChronydServesPairs::isNotBelieved));
  }

  private static Pair pair(String mode, Pair.Script script) {
    return new Pair(ChronydPairs.PEER, mode, Direction.WE_FROM_THEM, script);
  }

  private static Chronyd server(Site site, List<String> keys, String reference) throws Exception {
    Site.Host host = site.host();
    String keyFile = host.write("keys", keys).toString();
    return Chronyd.start(host, "allow all", "keyfile " + keyFile, reference);
  }

  private static OurClient client(Site site, Chronyd chronyd, Wire wire) throws Exception {
    return site.closing(
        OurClient.start(
            site.ours(), OurClient.asking(chronyd.address(), source -> source.withWire(wire))));
  }

  private static String serves(Site site, Wire wire) throws Exception {
    Chronyd chronyd = server(site, SharedKeys.chrony(), "local stratum 3");
    String seen = client(site, chronyd, wire).awaitTruth(PATIENCE_SECONDS);
    if (wire.keyId() != Wire.NO_KEY) {
      String counts = chronyd.tell("serverstats");
      Await.check(Await.number(counts, "Authenticated NTP packets *: (\\d+)") >= 8, counts);
    }
    return seen;
  }

  /** A server holds its stamps only for clients that come back in the interleaved mode. */
  private static String servesInterleaved(Site site) throws Exception {
    Chronyd chronyd = server(site, List.of(), "local stratum 3");
    OurClient client = client(site, chronyd, new Wire(4, true, Wire.NO_KEY));
    String seen = client.awaitTruth(PATIENCE_SECONDS);
    String counts = chronyd.tell("serverstats");
    double held = Await.number(counts, "NTP timestamps held *: (\\d+)");
    Await.check(held >= 1, counts);
    return seen + ", chronyd holds stamps for us";
  }

  private static String hasWrongKey(Site site) throws Exception {
    Chronyd chronyd = server(site, SharedKeys.wrongForChrony(), "local stratum 3");
    OurClient client = client(site, chronyd, new Wire(4, false, SharedKeys.AES));
    String counts =
        Await.untilFound(
            PATIENCE_SECONDS,
            () -> chronyd.tell("serverstats"),
            "NTP packets received *: (?:[5-9]|\\d\\d+)\\b");
    Await.check(client.measurements().isEmpty() && !client.isSynchronized(), client);
    return Await.found(counts, "NTP packets received *: (\\d+)") + " requests, none answered";
  }

  private static String isNotBelieved(Site site) throws Exception {
    Chronyd chronyd = server(site, List.of(), "");
    OurClient client = client(site, chronyd, Wire.DEFAULT);
    long refused =
        Await.until(
            PATIENCE_SECONDS,
            () -> client.rejected(Rejection.PEER_UNSYNCHRONIZED),
            count -> count >= 5);
    Await.check(!client.isSynchronized(), client);
    return refused + " replies refused, none used: " + Rejection.PEER_UNSYNCHRONIZED;
  }
}
