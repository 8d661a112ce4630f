package dev.coeval.examples.hosts;

import dev.coeval.examples.terminal.Seeds;
import dev.coeval.sync.SyncNode;
import dev.coeval.sync.berkeley.BerkeleyConfig;
import dev.coeval.sync.berkeley.BerkeleyNode;
import dev.coeval.sync.cristian.CristianServer;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Responder;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.measure.RejectionCounts;
import dev.coeval.sync.ntp.auth.NtpKeys;
import dev.coeval.sync.ntp.packet.NtpDatagram;
import dev.coeval.sync.ntp.server.BroadcastConfig;
import dev.coeval.sync.ntp.server.LocalReference;
import dev.coeval.sync.ntp.server.NtpBroadcaster;
import dev.coeval.sync.ntp.server.NtpServer;
import dev.coeval.sync.ntp.server.NtpServerConfig;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.time.ClockReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code coeval serve} puts on its port, told apart by the first byte of a datagram. */
final class ServedProtocols {
  private static final String BERKELEY = "berkeley";

  private final ClockReader reader;
  private final ServedClock clock;
  private final SyncNode node;
  private final Map<String, RejectionCounts> rejections = new LinkedHashMap<>();
  private final Map<String, CountingResponder> counted = new LinkedHashMap<>();
  private final List<CountingResponder> siblings = new ArrayList<>();
  private final CountingResponder tcpResponder;
  private final NtpServer ntp;

  ServedProtocols(ServedClock clock, NtpServerConfig config, Keyring keyring) {
    this.reader = clock.reader();
    this.clock = clock;
    NtpServerConfig precise = config.withPrecisionOf(reader);
    this.ntp = new NtpServer(precise, clock);
    Doorkeeper doorkeeper = new Doorkeeper(config.access());
    CristianServer cristian = new CristianServer(clock, keyring);
    CristianServer overTcp = new CristianServer(clock, keyring);
    BerkeleyConfig member = BerkeleyConfig.member();
    this.node =
        new SyncNode(reader, member.pace().clockDriftBoundPpb(), member.pace().steeringPolicy());
    BerkeleyNode berkeley = new BerkeleyNode(BERKELEY, member, node.clock(), keyring, Seeds.next());
    Strangers strangers = new Strangers(first -> first == BerkeleyNode.FIRST_BYTE);
    Switchboard board = node.board();
    board.add(doorkeeper).add(count("ntp", ntp)).add(count("cristian", cristian)).add(strangers);
    board.add(BERKELEY, first -> first == BerkeleyNode.FIRST_BYTE, berkeley);
    this.tcpResponder = count("cristian over tcp", overTcp);
    rejections.put("ntp", ntp.rejections());
    rejections.put("cristian", cristian.rejections());
    rejections.put("cristian over tcp", overTcp.rejections());
    rejections.put(BERKELEY, berkeley.rejections());
    rejections.put("other", strangers.rejections());
    rejections.put("all but ntp", doorkeeper.rejections());
  }

  /** NTP's server: its clients, and siblings for other threads. */
  NtpServer ntp() {
    return ntp;
  }

  /** Also sends NTP broadcasts, from the same port. */
  void broadcast(List<PeerId> targets, int stratum) {
    LocalReference reference =
        new LocalReference(stratum, NtpServerConfig.LOCAL, NtpServerConfig.DEFAULT_PRECISION);
    BroadcastConfig config =
        new BroadcastConfig(
            targets,
            BroadcastConfig.DEFAULT_INTERVAL_EXPONENT,
            NtpKeys.empty(),
            NtpDatagram.NO_KEY);
    NtpBroadcaster broadcaster =
        new NtpBroadcaster(config, () -> new HostTime(clock.get(), reference));
    node.board().add(NtpBroadcaster.OWNER, first -> false, broadcaster);
  }

  /** A server for another thread, counted with the first. */
  Responder ntpSibling() {
    CountingResponder sibling = new CountingResponder(ntp.sibling());
    siblings.add(sibling);
    return sibling;
  }

  SyncNode node() {
    return node;
  }

  ServedClock clock() {
    return clock;
  }

  ClockReader reader() {
    return reader;
  }

  /** Answers over TCP: on another thread than the others, so by itself. */
  Responder tcpResponder() {
    return tcpResponder;
  }

  /** How many requests were answered, by protocol. */
  Map<String, Long> answered() {
    Map<String, Long> answered = new LinkedHashMap<>();
    counted.forEach((protocol, responder) -> answered.put(protocol, responder.answered()));
    for (CountingResponder sibling : siblings) {
      answered.merge("ntp", sibling.answered(), Long::sum);
    }
    return answered;
  }

  /** What was not answered, by protocol and reason; without those that rejected nothing. */
  Map<String, RejectionCounts> rejections() {
    Map<String, RejectionCounts> some = new LinkedHashMap<>();
    rejections.forEach(
        (protocol, counts) -> {
          if (counts.total() > 0) {
            some.put(protocol, counts);
          }
        });
    return some;
  }

  private CountingResponder count(String protocol, Responder responder) {
    CountingResponder counting = new CountingResponder(responder);
    counted.put(protocol, counting);
    return counting;
  }
}
