package dev.coeval.sync.interop;

import dev.coeval.sync.interop.Pair.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** ntpdig of ntpsec: a client and nothing else. */
final class NtpdigPairs {
  private NtpdigPairs() {}

  static List<Pair> all() {
    return List.of(
        pair("basic", site -> asks(site, 0)),
        pair("AES128-CMAC", site -> asks(site, SharedKeys.AES)),
        pair("SHA-256", site -> asks(site, SharedKeys.SHA256)));
  }

  private static Pair pair(String mode, Pair.Script script) {
    return new Pair("ntpdig (ntpsec)", mode, Direction.THEY_FROM_US, script);
  }

  private static String asks(Site site, int key) throws Exception {
    OurServer server = OurServer.start(site);
    Site.Host host = site.host();
    List<String> command = new ArrayList<>(List.of("ntpdig", "-j", "-t", "5"));
    if (key != 0) {
      String keys = host.write("keys", SharedKeys.ntpd()).toString();
      command.addAll(List.of("-k", keys, "-a", String.valueOf(key)));
    }
    command.add(server.host());
    String said = host.run(command);
    double offset = Await.number(said, "\"offset\": *([-+.\\deE]+)");
    Await.near(OurServer.AHEAD_SECONDS, offset, OurServer.ALLOWED_SECONDS, said);
    Await.check(Await.found(said, "\"stratum\": *(\\d+)").equals("1"), said);
    Await.check(Await.found(said, "\"leap\": *\"([-\\w]+)\"").equals("no-leap"), said);
    return String.format(
        Locale.ROOT, "found %+.6f s of %+.2f s, stratum 1", offset, OurServer.AHEAD_SECONDS);
  }
}
