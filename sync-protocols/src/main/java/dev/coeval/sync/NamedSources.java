package dev.coeval.sync;

import dev.coeval.sync.machine.PeerId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Keeps a machine's sources at the addresses that their names stand for.
 *
 * <p>A name is looked up at the start; again after {@link #FIRST_RETRY}, doubled up to {@link
 * #LAST_RETRY}, while it does not resolve or one of its sources is unfit; and every {@link
 * #REFRESH} otherwise, since names move.
 *
 * <p>All methods run on one thread, the one behind {@link Later}; lookups block it.
 */
final class NamedSources {

  /** The first pause after a failed lookup, and between lookups for a successor. */
  static final Duration FIRST_RETRY = Duration.ofSeconds(2);

  /** The longest such pause: a name service that is back is noticed within about a minute. */
  static final Duration LAST_RETRY = Duration.ofSeconds(64);

  /** How often a name is looked up though all is well. */
  static final Duration REFRESH = Duration.ofHours(1);

  private final NameLookup lookup;
  private final Later later;
  private final BiConsumer<NamedSource, NamedSource.Change> changes;
  private final List<Watched> names = new ArrayList<>();
  private final Map<String, String> troubles = new TreeMap<>();
  private Runnable onTrouble = () -> {};

  /** Runs something later, on the one thread. */
  interface Later {

    /**
     * Runs something after a while.
     *
     * @param delay how long
     * @param task what
     */
    void run(Duration delay, Runnable task);
  }

  NamedSources(
      NameLookup lookup, Later later, BiConsumer<NamedSource, NamedSource.Change> changes) {
    this.lookup = lookup;
    this.later = later;
    this.changes = changes;
  }

  /** Hears when {@link #troubles()} has changed. */
  void onTrouble(Runnable listener) {
    onTrouble = listener;
  }

  /** Looks the names up for the first time, now. */
  void start(List<NamedSource> sources) {
    sources.forEach(source -> names.add(new Watched(source)));
    names.forEach(Watched::look);
  }

  /** A source is of no use: another address of its name is asked for in its place, soon. */
  void reject(PeerId peer) {
    for (Watched watched : names) {
      if (watched.source.reject(peer)) {
        watched.soon();
      }
    }
  }

  /** A source is of use after all. */
  void accept(PeerId peer) {
    names.forEach(watched -> watched.source.accept(peer));
  }

  /** Which names do not resolve, and why, for people; by name. */
  Map<String, String> troubles() {
    return new LinkedHashMap<>(troubles);
  }

  private Set<PeerId> takenBesides(NamedSource source) {
    Set<PeerId> taken = new HashSet<>();
    for (Watched other : names) {
      if (other.source != source) {
        taken.addAll(other.source.taken());
      }
    }
    return taken;
  }

  private void trouble(String host, String reason) {
    String before = reason.isEmpty() ? troubles.remove(host) : troubles.put(host, reason);
    if (!reason.equals(before == null ? "" : before)) {
      onTrouble.run();
    }
  }

  /** One name and its next lookup. */
  private final class Watched {
    final NamedSource source;
    private Duration retry = FIRST_RETRY;
    private long planned; // only the newest plan counts
    private boolean isSoon;

    Watched(NamedSource source) {
      this.source = source;
    }

    void look() {
      isSoon = false;
      String host = source.name().host();
      try {
        List<InetAddress> addresses = lookup.lookup(host);
        trouble(host, "");
        NamedSource.Change change = source.found(addresses, takenBesides(source));
        if (!change.added().isEmpty() || !change.removed().isEmpty()) {
          changes.accept(source, change);
        }
      } catch (UnknownHostException e) {
        trouble(host, "'" + host + "' does not resolve");
      }
      if (source.isComplete()) {
        retry = FIRST_RETRY;
        plan(REFRESH);
      } else {
        again();
      }
    }

    void soon() {
      if (!isSoon) {
        again();
      }
    }

    private void again() {
      isSoon = true;
      plan(retry);
      Duration doubled = retry.multipliedBy(2);
      retry = doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY;
    }

    private void plan(Duration delay) {
      long plan = ++planned;
      later.run(
          delay,
          () -> {
            if (plan == planned) {
              look();
            }
          });
    }
  }
}
