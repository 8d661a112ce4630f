package dev.coeval.sync;

import dev.coeval.scale.LeapPolicy;
import dev.coeval.scale.LeapSecondTable;
import dev.coeval.sync.cristian.CristianClient;
import dev.coeval.sync.cristian.CristianConfig;
import dev.coeval.sync.discipline.EnsembleConfig;
import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.ntp.NtpClient;
import dev.coeval.sync.ntp.NtpConfig;
import dev.coeval.sync.ntp.NtpNode;
import dev.coeval.sync.ntp.SourceConfig;
import dev.coeval.sync.ntp.auth.NtpKeys;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.server.NtpServer;
import dev.coeval.sync.ntp.server.NtpServerConfig;
import dev.coeval.sync.runtime.HostPort;
import dev.coeval.sync.runtime.UdpConfig;
import dev.coeval.time.ClockModel;
import dev.coeval.time.ClockReader;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link SynchronizedClock}. By default the local oscillator is trusted to 200 ppm, the
 * clock is stepped once at the start if it is off by more than 10 ms, and slewed ever after; at a
 * leap second it steps, as UTC does.
 *
 * <p>Name NTP servers and pools, or Cristian's; both at once are refused, as one clock follows one
 * client. Not thread-safe.
 */
public final class SynchronizedClockBuilder {

  /** As many servers of a pool are asked unless told otherwise: one of them may lie. */
  public static final int DEFAULT_POOL = 4;

  private static final int NTP_PORT = 123;
  private static final int CRISTIAN_PORT = 12_300;
  private static final Duration STEP_THRESHOLD = Duration.ofMillis(10);

  private final List<NtpName> ntp = new ArrayList<>();
  private final List<HostPort> cristian = new ArrayList<>();
  private final List<Consumer<Report>> listeners = new ArrayList<>();
  private ClockReader reader = ClockReader.system();
  private long driftBoundPpb = ClockModel.DEFAULT_DRIFT_BOUND_PPB;
  private SteeringPolicy steering = SteeringPolicy.with(StepPolicy.atStart(STEP_THRESHOLD));
  private LeapPolicy leap = LeapPolicy.step();
  private LeapSecondTable leapSeconds = LeapSecondTable.bundled();
  private @Nullable NtpServerConfig serve;
  private UdpConfig udp = UdpConfig.ephemeral();
  private UnaryOperator<NtpConfig> ntpConfig = UnaryOperator.identity();
  private NtpKeys keys = NtpKeys.empty();
  private NameLookup lookup = NameLookup.SYSTEM;
  private @Nullable DisciplinedClock clock;
  private UnaryOperator<List<Action>> tap = UnaryOperator.identity();

  SynchronizedClockBuilder() {}

  /**
   * One name, and how the servers behind it are asked.
   *
   * @param source the name, how many of its addresses are wanted
   * @param manner changes the defaults
   */
  record NtpName(NamedSource source, UnaryOperator<SourceConfig> manner) {

    SourceConfig config(PeerId peer) {
      return manner.apply(SourceConfig.of(peer));
    }
  }

  /**
   * Synchronizes to NTP servers, politely: a burst at the start, then once a minute and less.
   *
   * @param servers as {@code host}, {@code host:port}, {@code [v6]:port}; port 123 if none is given
   * @return this
   * @throws IllegalArgumentException if a name is not of that form, or there is none
   */
  public SynchronizedClockBuilder ntp(String... servers) {
    return ntp(UnaryOperator.identity(), servers);
  }

  /**
   * Synchronizes to NTP servers in a manner of one's own: other polls, a key, interleaved,
   * preferred.
   *
   * @param manner changes the defaults of each
   * @param servers as above
   * @return this
   * @throws IllegalArgumentException if a name is not of that form, or there is none
   */
  public SynchronizedClockBuilder ntp(UnaryOperator<SourceConfig> manner, String... servers) {
    for (HostPort server : parse(servers, NTP_PORT)) {
      ntp.add(new NtpName(new NamedSource(server, 1, false), manner));
    }
    return this;
  }

  /**
   * Synchronizes to {@link #DEFAULT_POOL} servers of a pool: one name with many addresses. Those
   * that fall silent or turn out to be false are replaced by others.
   *
   * @param name of the pool, as above
   * @return this
   * @throws IllegalArgumentException if the name is not of that form
   */
  public SynchronizedClockBuilder pool(String name) {
    return pool(name, DEFAULT_POOL, UnaryOperator.identity());
  }

  /**
   * Synchronizes to some servers of a pool, in a manner of one's own.
   *
   * @param name of the pool, as above
   * @param servers how many are asked at a time, 1 to {@link EnsembleConfig#MAX_SOURCES}
   * @param manner changes the defaults of each
   * @return this
   * @throws IllegalArgumentException if the name is not of that form, or the number out of range
   */
  public SynchronizedClockBuilder pool(
      String name, int servers, UnaryOperator<SourceConfig> manner) {
    if (servers < 1 || servers > EnsembleConfig.MAX_SOURCES) {
      throw new IllegalArgumentException("number of servers is out of range: " + servers);
    }
    ntp.add(new NtpName(new NamedSource(HostPort.parse(name, NTP_PORT), servers, true), manner));
    return this;
  }

  /**
   * Changes what is common to all NTP servers: how many may be false, which discipline is used, the
   * fewest sources, the largest distance.
   *
   * @param change of a configuration without sources, which come by name
   * @return this
   */
  public SynchronizedClockBuilder ntpConfig(UnaryOperator<NtpConfig> change) {
    ntpConfig = Objects.requireNonNull(change, "change");
    return this;
  }

  /**
   * The symmetric keys that sources name by their identifiers.
   *
   * @param others the keys, see {@link dev.coeval.sync.ntp.auth.KeyFile} for files
   * @return this
   */
  public SynchronizedClockBuilder keys(NtpKeys others) {
    keys = Objects.requireNonNull(others, "keys");
    return this;
  }

  /**
   * Synchronizes by Cristian's algorithm, about once a second.
   *
   * @param servers as above; port 12300 if none is given
   * @return this
   * @throws IllegalArgumentException if a name is not of that form, or there is none
   */
  public SynchronizedClockBuilder cristian(String... servers) {
    cristian.addAll(parse(servers, CRISTIAN_PORT));
    return this;
  }

  /**
   * Stands on other local clocks than the system's.
   *
   * @param other the local clocks
   * @return this
   */
  public SynchronizedClockBuilder reader(ClockReader other) {
    reader = Objects.requireNonNull(other, "reader");
    return this;
  }

  /**
   * States how good the local oscillator is.
   *
   * @param ppb by how much its rate can be wrong, in parts per billion
   * @return this
   */
  public SynchronizedClockBuilder driftBoundPpb(long ppb) {
    driftBoundPpb = ppb;
    return this;
  }

  /**
   * Chooses how the clock is slewed, and after what it may be stepped.
   *
   * @param policy the policy
   * @return this
   */
  public SynchronizedClockBuilder steering(SteeringPolicy policy) {
    steering = Objects.requireNonNull(policy, "policy");
    return this;
  }

  /**
   * Chooses what the clock does at a leap second.
   *
   * @param policy step as UTC does, slew, smear, or ignore it
   * @return this
   */
  public SynchronizedClockBuilder leap(LeapPolicy policy) {
    leap = Objects.requireNonNull(policy, "policy");
    return this;
  }

  /**
   * Knows leap seconds from a table, beside what the servers announce.
   *
   * @param table in place of the bundled one, see {@link LeapSecondTable#read}
   * @return this
   */
  public SynchronizedClockBuilder leapSeconds(LeapSecondTable table) {
    leapSeconds = Objects.requireNonNull(table, "table");
    return this;
  }

  /**
   * Also serves the clock's time to NTP clients, at the port of {@link #udp}: with a stratum and
   * root values that follow from the servers it follows itself.
   *
   * @param config who is answered, how often, with which keys
   * @return this
   */
  public SynchronizedClockBuilder serve(NtpServerConfig config) {
    serve = Objects.requireNonNull(config, "config");
    return this;
  }

  /**
   * Chooses the port, and whether the thread spins while it waits for a reply.
   *
   * @param config where and how
   * @return this
   */
  public SynchronizedClockBuilder udp(UdpConfig config) {
    udp = Objects.requireNonNull(config, "config");
    return this;
  }

  /**
   * Steers a clock that is there already, in place of a new one over {@link #reader} with the
   * policy of {@link #steering}.
   *
   * @param own the clock; nothing else should steer it. Tell its drift bound to {@link
   *     #driftBoundPpb} too
   * @return this
   */
  public SynchronizedClockBuilder clock(DisciplinedClock own) {
    clock = Objects.requireNonNull(own, "own");
    return this;
  }

  /**
   * Sees all that the NTP client wants done, before it is done: to count or trace what is sent.
   *
   * @param inspector gives what shall be done; called on the port's thread, must not block
   * @return this
   */
  public SynchronizedClockBuilder inspect(UnaryOperator<List<Action>> inspector) {
    tap = Objects.requireNonNull(inspector, "inspector");
    return this;
  }

  /**
   * Chooses who finds the addresses of names.
   *
   * @param other in place of the host's name service
   * @return this
   */
  public SynchronizedClockBuilder nameLookup(NameLookup other) {
    lookup = Objects.requireNonNull(other, "lookup");
    return this;
  }

  /**
   * Adds a listener that hears all reports, from the first on ({@link SynchronizedClock#listen}
   * adds one later).
   *
   * @param listener called on the port's thread after the clock was steered; must not block
   * @return this
   */
  public SynchronizedClockBuilder listen(Consumer<Report> listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
    return this;
  }

  /**
   * Opens the port and starts. Names of NTP servers are looked up in the background, so this
   * neither waits for the name service nor fails with it: {@link SynchronizedClock#status()} says
   * which do not resolve.
   *
   * @return the clock, not synchronized yet
   * @throws UnknownHostException if one of Cristian's servers does not resolve
   * @throws dev.coeval.sync.runtime.RuntimeStartException if the port cannot be had
   * @throws IllegalStateException if no server was named, or servers of both protocols
   */
  public SynchronizedClock start() throws UnknownHostException {
    if (ntp.isEmpty() == cristian.isEmpty()) {
      throw new IllegalStateException(
          ntp.isEmpty()
              ? "name the servers first: ntp(...), pool(...) or cristian(...)"
              : "name servers of one protocol only: NTP's or Cristian's");
    }
    if (serve != null && ntp.isEmpty()) {
      throw new IllegalStateException("only what follows NTP servers can serve NTP");
    }
    DisciplinedClock own = clock;
    SyncNode node =
        new SyncNode(
            own == null ? new DisciplinedClock(reader, driftBoundPpb, steering) : own, leap);
    return cristian.isEmpty() ? startNtp(node) : startCristian(node);
  }

  private SynchronizedClock startNtp(SyncNode node) {
    int wanted = ntp.stream().mapToInt(name -> name.source().wanted()).sum();
    if (wanted > EnsembleConfig.MAX_SOURCES) {
      throw new IllegalStateException(
          wanted + " servers are wanted, more than " + EnsembleConfig.MAX_SOURCES);
    }
    NtpConfig usual = NtpConfig.of(List.of());
    EnsembleConfig ensemble =
        usual
            .ensemble()
            .withFaultsTolerated((wanted - 1) / 2)
            .withLocal(new EnsembleConfig.Local(driftBoundPpb, 0, EnsembleConfig.DEFAULT_SAMPLES));
    NtpConfig config = ntpConfig.apply(usual.withEnsemble(ensemble));
    NtpNode self =
        NtpNode.of(node.clock())
            .withKeys(keys)
            .withLeaps(leapSeconds)
            .withAddresses(LocalAddresses.all());
    NtpClient client = new NtpClient(config, self, new SecureRandom());
    NtpServerConfig service = serve;
    if (service != null) {
      node.board().add(NtpServer.serving(service, client.served()));
    }
    node.board().add(NtpClient.OWNER, NtpCodec::isNtp, new Inspected(client, tap));
    NtpRoster roster = new NtpRoster(new NtpRoster.Joint(node, client, tap), lookup, ntp);
    SynchronizedClock clock = new SynchronizedClock(node, roster);
    listeners.forEach(clock::listen); // after its own: they may ask it how it stands
    node.open(udp);
    roster.start();
    return clock;
  }

  private SynchronizedClock startCristian(SyncNode node) throws UnknownHostException {
    List<PeerId> peers = new ArrayList<>();
    for (HostPort server : cristian) {
      peers.add(server.resolve());
    }
    CristianConfig config = CristianConfig.defaults(peers, new SecureRandom().nextLong());
    node.board().add(CristianClient.OWNER, firstByte -> true, new CristianClient(config));
    SynchronizedClock clock = new SynchronizedClock(node, Roster.NONE);
    listeners.forEach(clock::listen);
    node.open(udp);
    return clock;
  }

  private static List<HostPort> parse(String[] servers, int defaultPort) {
    if (servers.length == 0) {
      throw new IllegalArgumentException("no server is named");
    }
    List<HostPort> parsed = new ArrayList<>();
    for (String server : servers) {
      parsed.add(HostPort.parse(server, defaultPort));
    }
    return parsed;
  }
}
