package dev.coeval.sync.interop;

import dev.coeval.sync.interop.Pair.Direction;
import dev.coeval.sync.ntp.LocalConfig.Passive;
import dev.coeval.sync.ntp.NtpConfig;
import dev.coeval.sync.ntp.SourceConfig;
import dev.coeval.sync.ntp.SourceConfig.Mode;
import dev.coeval.sync.ntp.exchange.Wire;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** chronyd as a peer: the only one of the others that has the symmetric mode. */
final class SymmetricPairs {
  private static final String FEW_GOOD = "Total good RX +: (?:[4-9]|\\d\\d+)\\b";
  private static final int PATIENCE_SECONDS = 40;
  private static final int STRANGER_SECONDS = 90;
  private static final int MAX_STRANGERS = 4;

  private SymmetricPairs() {}

  static List<Pair> all() {
    Wire basic = Wire.DEFAULT;
    Wire interleaved = new Wire(4, true, Wire.NO_KEY);
    Wire sealed = new Wire(4, false, SharedKeys.AES);
    return List.of(
        from("symmetric", Direction.THEY_FROM_US, site -> takes(site, basic, "")),
        from(
            "symmetric, interleaved",
            Direction.THEY_FROM_US,
            site -> takes(site, interleaved, "xleave")),
        from(
            "symmetric, AES128-CMAC", Direction.THEY_FROM_US, site -> takes(site, sealed, "key 1")),
        from("symmetric, we are passive", Direction.THEY_FROM_US, SymmetricPairs::takesFromPassive),
        from("symmetric", Direction.WE_FROM_THEM, site -> gives(site, basic, "")),
        from(
            "symmetric, interleaved",
            Direction.WE_FROM_THEM,
            site -> gives(site, interleaved, "xleave")),
        from(
            "symmetric, AES128-CMAC",
            Direction.WE_FROM_THEM,
            site -> gives(site, sealed, "key 1")));
  }

  private static Pair from(String mode, Direction direction, Pair.Script script) {
    return new Pair(ChronydPairs.PEER, mode, direction, script);
  }

  private static SourceConfig symmetric(SourceConfig source, Wire wire) {
    return source.withMode(Mode.SYMMETRIC).withWire(wire);
  }

  private static String takes(Site site, Wire wire, String options) throws Exception {
    Site.Host host = site.host();
    OurServer us =
        OurServer.startAsPeer(
            site, none -> OurClient.asking(host.address(), source -> symmetric(source, wire)));
    return seen(peer(host, us.host(), options), options);
  }

  private static String takesFromPassive(Site site) throws Exception {
    Passive anybody = new Passive(peer -> true, false, MAX_STRANGERS);
    OurServer us =
        OurServer.startAsPeer(
            site, (NtpConfig none) -> none.withLocal(none.local().withPassive(anybody)));
    // We answer a stranger no more than once in 16 s, however often it speaks.
    Chronyd chronyd = peer(site.host(), us.host(), "");
    Await.untilFound(STRANGER_SECONDS, chronyd::toString, "System clock wrong by");
    return ChronydPairs.seen(chronyd, chronyd.tell("ntpdata"));
  }

  private static Chronyd peer(Site.Host host, String us, String options, String... more)
      throws Exception {
    List<String> all = new ArrayList<>(List.of(more));
    all.add("keyfile " + host.write("keys", SharedKeys.chrony()));
    return Chronyd.asking(host, "peer " + us + " " + options, all.toArray(String[]::new));
  }

  private static String seen(Chronyd chronyd, String options) throws Exception {
    String data = chronyd.awaitData(PATIENCE_SECONDS, FEW_GOOD);
    check(chronyd, options);
    return ChronydPairs.seen(chronyd, data);
  }

  private static void check(Chronyd chronyd, String options) throws Exception {
    String data = chronyd.awaitData(PATIENCE_SECONDS, "Mode +: Symmetric (active|passive)");
    if (options.contains("xleave")) {
      chronyd.awaitData(PATIENCE_SECONDS, "Interleaved +: Yes");
    }
    Await.check(!options.contains("key") || data.matches("(?s).*Authenticated +: Yes.*"), data);
  }

  private static String gives(Site site, Wire wire, String options) throws Exception {
    InetSocketAddress at = site.ours();
    Chronyd chronyd =
        peer(site.host(), at.getAddress().getHostAddress(), options, "local stratum 3");
    NtpConfig config = OurClient.asking(chronyd.address(), source -> symmetric(source, wire));
    OurClient client = site.closing(OurClient.start(at, config));
    try {
      return client.awaitTruth(PATIENCE_SECONDS);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + client + chronyd.tell("ntpdata"), e);
    }
  }
}
