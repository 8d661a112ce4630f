package dev.coeval.sync;

import dev.coeval.sync.cristian.CristianClient;
import dev.coeval.sync.cristian.CristianConfig;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.StateMachine;
import dev.coeval.sync.ntp.NtpClient;
import dev.coeval.sync.ntp.NtpConfig;
import dev.coeval.sync.runtime.HostPort;
import dev.coeval.sync.runtime.UdpConfig;
import dev.coeval.time.ClockModel;
import dev.coeval.time.ClockReader;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link SynchronizedClock}. By default the local oscillator is trusted to 200 ppm, the
 * clock is stepped once at the start if it is off by more than 10 ms, and slewed ever after.
 *
 * <p>Not thread-safe.
 */
public final class SynchronizedClockBuilder {
  private static final int NTP_PORT = 123;
  private static final int CRISTIAN_PORT = 12_300;
  private static final Duration STEP_THRESHOLD = Duration.ofMillis(10);

  private ClockReader reader = ClockReader.system();
  private long driftBoundPpb = ClockModel.DEFAULT_DRIFT_BOUND_PPB;
  private SteeringPolicy steering = SteeringPolicy.with(StepPolicy.atStart(STEP_THRESHOLD));
  private UdpConfig udp = UdpConfig.ephemeral();
  private @Nullable Protocol protocol;

  SynchronizedClockBuilder() {}

  /**
   * Synchronizes to NTP servers, politely: a burst at the start, then once a minute and less.
   *
   * @param servers as {@code host}, {@code host:port}, {@code [v6]:port}; port 123 if none is given
   * @return this
   * @throws IllegalArgumentException if a name is not of that form, or there is none
   */
  public SynchronizedClockBuilder ntp(String... servers) {
    return ntp(NtpConfig::defaults, servers);
  }

  /**
   * Synchronizes to NTP servers in a manner of one's own.
   *
   * @param config makes the configuration from the resolved servers
   * @param servers as above
   * @return this
   * @throws IllegalArgumentException if a name is not of that form, or there is none
   */
  public SynchronizedClockBuilder ntp(Function<List<PeerId>, NtpConfig> config, String... servers) {
    protocol =
        new Protocol(
            NtpClient.OWNER,
            parse(servers, NTP_PORT),
            peers -> new NtpClient(config.apply(peers), new SecureRandom()));
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
    protocol =
        new Protocol(
            CristianClient.OWNER,
            parse(servers, CRISTIAN_PORT),
            peers ->
                new CristianClient(CristianConfig.defaults(peers, new SecureRandom().nextLong())));
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
   * Chooses how fast the clock may be slewed, and when it may be stepped.
   *
   * @param policy the policy
   * @return this
   */
  public SynchronizedClockBuilder steering(SteeringPolicy policy) {
    steering = Objects.requireNonNull(policy, "policy");
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
   * Resolves the servers, opens the port and starts.
   *
   * @return the clock, not synchronized yet
   * @throws UnknownHostException if a server's name cannot be resolved
   * @throws dev.coeval.sync.runtime.RuntimeStartException if the port cannot be had
   * @throws IllegalStateException if no server was named
   */
  public SynchronizedClock start() throws UnknownHostException {
    if (protocol == null) {
      throw new IllegalStateException("name the servers first: ntp(...) or cristian(...)");
    }
    List<PeerId> peers = new ArrayList<>();
    for (HostPort server : protocol.servers) {
      peers.add(server.resolve());
    }
    SyncNode node = new SyncNode(reader, driftBoundPpb, steering);
    node.board().add(protocol.owner, firstByte -> true, protocol.machine.apply(peers));
    SynchronizedClock clock = new SynchronizedClock(node);
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

  private record Protocol(
      String owner, List<HostPort> servers, Function<List<PeerId>, StateMachine> machine) {}
}
