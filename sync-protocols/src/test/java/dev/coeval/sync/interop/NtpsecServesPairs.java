package dev.coeval.sync.interop;

import dev.coeval.sync.interop.Pair.Direction;
import java.util.List;

/** ntpd of ntpsec, giving time to us. */
final class NtpsecServesPairs {
  private NtpsecServesPairs() {}

  static List<Pair> all() {
    return List.of(pair("basic", NtpsecServesPairs::serves));
  }

  private static Pair pair(String mode, Pair.Script script) {
    return new Pair(NtpsecPairs.PEER, mode, Direction.WE_FROM_THEM, script);
  }

  private static String serves(Site site) throws Exception {
    Ntpsec ntpd = Ntpsec.start(site.host(), "tos orphan 5 orphanwait 1");
    OurClient client = site.closing(OurClient.start(site.ours(), OurClient.asking(ntpd.address())));
    return client.awaitTruth(40);
  }
}
