package dev.coeval.examples.hosts;

import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.sync.discipline.EnsembleConfig;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.ntp.SourceConfig;
import dev.coeval.sync.runtime.HostPort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Whom {@code coeval sync ntp} asks, as it was typed.
 *
 * @param typed the name as it stood on the command line
 * @param name the same, taken apart
 * @param wanted how many of its addresses
 * @param kind a server, a pool or a peer
 */
record NtpTarget(String typed, HostPort name, int wanted, Kind kind) {

  /** What a name stands for. */
  enum Kind {
    SERVER,
    POOL,
    PEER
  }

  static NtpTarget of(String typed, Kind kind, int defaultPort) {
    int comma = kind == Kind.POOL ? typed.lastIndexOf(',') : -1;
    String host = comma < 0 ? typed : typed.substring(0, comma);
    int wanted = kind == Kind.POOL ? 4 : 1;
    try {
      if (comma >= 0) {
        wanted = Integer.parseInt(typed.substring(comma + 1));
      }
      if (wanted < 1 || wanted > EnsembleConfig.MAX_SOURCES) {
        throw CommandFailedException.usage("--pool " + typed + ": N is not in 1 to 64");
      }
      return new NtpTarget(host, HostPort.parse(host, defaultPort), wanted, kind);
    } catch (NumberFormatException e) {
      throw CommandFailedException.usage("--pool is NAME or NAME,N, not '" + typed + "'");
    } catch (IllegalArgumentException e) {
      throw CommandFailedException.usage(String.valueOf(e.getMessage()));
    }
  }

  SourceConfig.Mode mode() {
    return kind == Kind.PEER ? SourceConfig.Mode.SYMMETRIC : SourceConfig.Mode.CLIENT;
  }

  /** What was found at the start. */
  record Found(List<PeerId> peers, List<String> unresolved) {}

  /**
   * Looks all up once, for the first line that is printed; who is not there now is looked up again
   * while the clock runs.
   *
   * @throws CommandFailedException if none resolves, or one is named twice
   */
  static Found lookUp(List<NtpTarget> targets) {
    List<PeerId> peers = new ArrayList<>();
    List<String> unresolved = new ArrayList<>();
    for (NtpTarget target : targets) {
      try {
        target.add(peers);
      } catch (UnknownHostException e) {
        unresolved.add(target.name.host());
      }
    }
    if (peers.isEmpty()) {
      throw CommandFailedException.usage(
          (unresolved.size() == 1 ? "host does not resolve: '" : "no host resolves: '")
              + String.join("', '", unresolved)
              + "': check its name and this host's name service");
    }
    return new Found(peers, unresolved);
  }

  private void add(List<PeerId> peers) throws UnknownHostException {
    InetAddress[] addresses = InetAddress.getAllByName(name.host());
    int left = wanted;
    for (InetAddress address : addresses) {
      PeerId peer = new PeerId(address, name.port());
      if (left > 0 && !peers.contains(peer)) {
        peers.add(peer);
        left--;
      }
    }
    if (left == wanted) {
      PeerId peer = new PeerId(addresses[0], name.port());
      throw CommandFailedException.usage(typed + " names " + peer + ", which is there already");
    }
  }
}
