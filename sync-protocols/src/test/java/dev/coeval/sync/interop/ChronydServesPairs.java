package dev.coeval.sync.interop;

import dev.coeval.sync.interop.Pair.Direction;
import java.util.List;

/** chronyd of chrony, giving time to us. */
final class ChronydServesPairs {
  private ChronydServesPairs() {}

  static List<Pair> all() {
    return List.of(pair("basic", ChronydServesPairs::serves));
  }

  private static Pair pair(String mode, Pair.Script script) {
    return new Pair(ChronydPairs.PEER, mode, Direction.WE_FROM_THEM, script);
  }

  private static String serves(Site site) throws Exception {
    Chronyd chronyd = Chronyd.start(site.host(), "local stratum 3", "allow all");
    OurClient client =
        site.closing(OurClient.start(site.ours(), OurClient.asking(chronyd.address())));
    return client.awaitTruth(30);
  }
}
