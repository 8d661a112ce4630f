package dev.coeval.sync.interop;

import dev.coeval.sync.interop.Pair.Direction;
import dev.coeval.sync.ntp.SourceConfig.Mode;
import dev.coeval.sync.ntp.exchange.Wire;
import dev.coeval.sync.ntp.server.BroadcastConfig;
import dev.coeval.sync.ntp.server.NtpBroadcaster;
import java.net.InetSocketAddress;
import java.util.List;

/** Broadcasts of others that we listen to. None of the others listens to broadcasts. */
final class BroadcastPairs {
  private static final int PATIENCE_SECONDS = 100;
  private static final InetSocketAddress ANY = new InetSocketAddress(123);

  private BroadcastPairs() {}

  static List<Pair> all() {
    return List.of(
        new Pair(
            ChronydPairs.PEER, "broadcast", Direction.WE_FROM_THEM, BroadcastPairs::hearsChronyd),
        new Pair(
            NtpsecPairs.PEER,
            "broadcast, AES128-CMAC",
            Direction.WE_FROM_THEM,
            BroadcastPairs::hearsNtpsec),
        new Pair(
            "ours", "broadcast, SHA-256", Direction.WE_FROM_THEM, BroadcastPairs::hearsOurselves));
  }

  private static String hearsChronyd(Site site) throws Exception {
    Chronyd chronyd =
        Chronyd.start(site.host(), "local stratum 3", "allow all", "broadcast 1 " + Lan.EVERYBODY);
    return hears(site, chronyd.address(), Wire.DEFAULT);
  }

  private static String hearsNtpsec(Site site) throws Exception {
    Site.Host host = site.host();
    Ntpsec.start(
        host,
        "tos orphan 5 orphanwait 1",
        "keys " + host.write("keys", SharedKeys.ntpd()),
        "trustedkey 1 2",
        "broadcast " + Lan.EVERYBODY + " minpoll 3 maxpoll 3 key 1");
    return hears(site, host.address(), new Wire(4, false, SharedKeys.AES));
  }

  /** So that there is something for tshark to read. */
  private static String hearsOurselves(Site site) throws Exception {
    BroadcastConfig config =
        BroadcastConfig.to(OurClient.peer(Lan.EVERYBODY))
            .withIntervalExponent(1)
            .withKey(SharedKeys.ours(), SharedKeys.SHA256);
    OurServer us =
        OurServer.startWith(
            site, NtpBroadcaster.OWNER, clock -> new NtpBroadcaster(config, OurTime.of(clock)));
    Wire wire = new Wire(4, false, SharedKeys.SHA256);
    return hears(site, us.host(), wire, OurServer.TRUTH);
  }

  private static String hears(Site site, String host, Wire wire) throws Exception {
    return hears(site, host, wire, OurClient.Truth.OF_THE_MACHINE);
  }

  private static String hears(Site site, String host, Wire wire, OurClient.Truth truth)
      throws Exception {
    OurClient client =
        site.closing(
            OurClient.start(
                ANY,
                OurClient.asking(host, source -> source.withMode(Mode.BROADCAST).withWire(wire))));
    try {
      return client.awaitTruth(PATIENCE_SECONDS, truth);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + client, e);
    }
  }
}
