package dev.coeval.sync.ntp;

import dev.coeval.sync.discipline.EnsembleConfig;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.select.SourceOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Whom an NTP client asks, how often, and what it believes.
 *
 * @param sources whom, each once; more may join and leave later
 * @param ensemble how many of them may be false, what is assumed of this host, which are selected
 *     and how its clock is steered. It names the same sources; what {@link SourceConfig#options}
 *     says of them goes into its selection
 * @param local how this node stands among others
 */
public record NtpConfig(List<SourceConfig> sources, EnsembleConfig ensemble, LocalConfig local) {

  /** RFC 5905 figure 6, MAXDISP: 16 s. */
  public static final long DEFAULT_MAX_DISTANCE_NANOS = LocalConfig.DEFAULT_MAX_DISTANCE_NANOS;

  /**
   * Checks that the parts fit together, and copies the list.
   *
   * @param sources as above
   * @param ensemble as above
   * @param local as above
   * @throws IllegalArgumentException if the ensemble has other sources
   */
  public NtpConfig {
    sources = List.copyOf(sources);
    Objects.requireNonNull(local, "local");
    if (!peers(sources).equals(ensemble.sources())) {
      throw new IllegalArgumentException(
          "the ensemble's sources are others: " + ensemble.sources() + ", not " + peers(sources));
    }
    ensemble = ensemble.withSelection(ensemble.selection().withOptions(options(sources, ensemble)));
  }

  /**
   * The usual: polite polling, fewer than half of the servers may be false.
   *
   * @param servers whom to ask
   * @return the configuration
   */
  public static NtpConfig defaults(List<PeerId> servers) {
    return of(servers.stream().map(SourceConfig::of).toList());
  }

  /**
   * With these sources, of which fewer than half may be false.
   *
   * @param sources whom to ask, and how
   * @return the configuration
   */
  public static NtpConfig of(List<SourceConfig> sources) {
    return new NtpConfig(sources, EnsembleConfig.defaults(peers(sources)), LocalConfig.DEFAULT);
  }

  /**
   * With other assumptions. Servers that it names and this does not are asked as usual; those that
   * this names and it does not are not asked any more.
   *
   * @param other the ensemble
   * @return a copy
   */
  public NtpConfig withEnsemble(EnsembleConfig other) {
    Map<PeerId, SourceConfig> known = new HashMap<>();
    sources.forEach(source -> known.put(source.peer(), source));
    List<SourceConfig> named = new ArrayList<>();
    for (PeerId peer : other.sources()) {
      SourceConfig source = known.get(peer);
      named.add(source == null ? SourceConfig.of(peer) : source);
    }
    return new NtpConfig(named, other, local);
  }

  /**
   * With another polling of all sources.
   *
   * @param other the polling
   * @return a copy
   */
  public NtpConfig withPolling(NtpPolling other) {
    return withEach(source -> source.withPolling(other));
  }

  /**
   * With all sources changed in the same way.
   *
   * @param change is given each of them, and leaves its peer as it is
   * @return a copy
   */
  public NtpConfig withEach(UnaryOperator<SourceConfig> change) {
    return new NtpConfig(sources.stream().map(change).toList(), ensemble, local);
  }

  /**
   * With another standing of this node.
   *
   * @param other how it stands among others
   * @return a copy
   */
  public NtpConfig withLocal(LocalConfig other) {
    return new NtpConfig(sources, ensemble, other);
  }

  /**
   * With another limit on the distance of servers.
   *
   * @param nanos the largest distance, in nanoseconds; positive
   * @return a copy
   * @throws IllegalArgumentException if it is not positive
   */
  public NtpConfig withMaxDistanceNanos(long nanos) {
    return withLocal(local.withMaxDistanceNanos(nanos));
  }

  private static List<PeerId> peers(List<SourceConfig> sources) {
    return sources.stream().map(SourceConfig::peer).toList();
  }

  private static Map<PeerId, SourceOptions> options(
      List<SourceConfig> sources, EnsembleConfig ensemble) {
    Map<PeerId, SourceOptions> options = new HashMap<>(ensemble.selection().options());
    for (SourceConfig source : sources) {
      if (!source.options().equals(SourceOptions.NONE)) {
        options.put(source.peer(), source.options());
      }
    }
    return options;
  }
}
