package dev.coeval.sync.interop;

import dev.coeval.sync.interop.Pair.Direction;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Rejected;
import dev.coeval.sync.measure.Rejection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Several implementations at once. */
final class MixedPairs {
  private MixedPairs() {}

  static List<Pair> all() {
    return List.of(
        new Pair(
            "chronyd, both ntpd, and an OpenNTPD that lies (libfaketime)",
            "basic",
            Direction.WE_FROM_THEM,
            MixedPairs::oneLies));
  }

  private static String oneLies(Site site) throws Exception {
    OpenNtpd liar = OpenNtpd.serving(site, "+0.1");
    OpenNtpd honest = OpenNtpd.serving(site, "+0");
    Chronyd chronyd = Chronyd.start(site.host(), "local stratum 3", "allow all");
    Ntpsec ntpsec = Ntpsec.start(site.host(), "tos orphan 5 orphanwait 1");
    OurClient client =
        site.closing(
            OurClient.start(
                site.ours(),
                OurClient.asking(
                    liar.address(), honest.address(), chronyd.address(), ntpsec.address())));
    String seen = client.awaitTruth(40);
    PeerId named = OurClient.peer(liar.address());
    Set<PeerId> accused = Await.until(20, () -> accused(client), all -> all.contains(named));
    Await.check(accused.equals(Set.of(named)), accused + " " + client);
    return seen + ", the liar named " + Rejection.INCONSISTENT + " and nobody else";
  }

  private static Set<PeerId> accused(OurClient client) {
    return client.of(Rejected.class).stream()
        .filter(it -> it.reason() == Rejection.INCONSISTENT)
        .map(Rejected::from)
        .collect(Collectors.toSet());
  }
}
