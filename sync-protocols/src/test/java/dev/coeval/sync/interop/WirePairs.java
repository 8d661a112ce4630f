package dev.coeval.sync.interop;

import dev.coeval.sync.interop.Pair.Direction;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** tshark, which reads all that we sent to the others. */
final class WirePairs {
  static final int COUNT = 1;

  private static final String OURS = "ip.src <= " + Lan.SUBNET + Lan.OUR_ADDRESSES;

  /** What tshark remarks when one of our random ports is near those of traceroute. */
  private static final String TRACEROUTE = "_ws.expert.message contains \"traceroute\"";

  /** The modes that we send: symmetric active and passive, client, server, broadcast. */
  private static final List<String> MODES = List.of("1", "2", "3", "4", "5");

  private WirePairs() {}

  static List<Pair> all() {
    return List.of(new Pair("tshark", "every mode", Direction.READS_US, WirePairs::isUnderstood));
  }

  private static String isUnderstood(Site site) throws Exception {
    String complaints =
        WireCapture.read(
            site.folder(),
            "(" + OURS + ") && (_ws.malformed || !ntp || (_ws.expert && !(" + TRACEROUTE + ")))",
            "frame.number",
            "ntp.flags.mode",
            "_ws.expert.message",
            "udp.payload");
    List<String> lines =
        complaints.lines().filter(line -> line.matches("\\d+\t.*")).limit(20).toList();
    Await.check(lines.isEmpty(), String.join("\n", lines));
    Map<String, Integer> packetsByMode = new TreeMap<>();
    WireCapture.read(site.folder(), "(" + OURS + ") && ntp", "ntp.flags.mode")
        .lines()
        .map(line -> line.replaceFirst("^0x0*", "").trim())
        .filter(line -> line.matches("\\d"))
        .forEach(mode -> packetsByMode.merge(mode, 1, Integer::sum));
    if (System.getenv("COEVAL_INTEROP_PAIRS") == null) {
      Await.check(packetsByMode.keySet().containsAll(MODES), packetsByMode);
    }
    return "packets by mode " + packetsByMode + ": nothing malformed, no expert's remark";
  }
}
