package dev.coeval.sync.order.broadcast;

import dev.coeval.sync.machine.PeerId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Where the other members are, and those that have left but may still need an answer. */
final class Members {
  private final Map<String, PeerId> peers = new LinkedHashMap<>();
  private final Map<String, PeerId> leavers = new LinkedHashMap<>();

  void add(String actor, PeerId peer) {
    peers.put(actor, peer);
  }

  /** Lets a member go; the address of one that says so itself is kept until {@link #forget}. */
  void leave(String actor, boolean ofItsOwn) {
    PeerId peer = peers.remove(actor);
    if (peer != null && ofItsOwn) {
      leavers.put(actor, peer);
    }
  }

  /** Forgets those that have left and were there. */
  void forget(PeerId peer) {
    leavers.values().removeIf(peer::equals);
  }

  Set<String> actors() {
    return peers.keySet();
  }

  boolean contains(String actor) {
    return peers.containsKey(actor);
  }

  boolean isAt(String actor, PeerId peer) {
    return peer.equals(peers.get(actor)) || peer.equals(leavers.get(actor));
  }

  PeerId peer(String actor) {
    return Objects.requireNonNull(peers.get(actor), actor);
  }

  /** The members at an address: more than one, if a process there was restarted. */
  Set<String> actorsAt(PeerId peer) {
    Set<String> actors = new LinkedHashSet<>();
    peers.forEach(
        (actor, each) -> {
          if (each.equals(peer)) {
            actors.add(actor);
          }
        });
    return actors;
  }

  boolean isMember(PeerId peer) {
    return peers.containsValue(peer);
  }

  /** Whether somebody who is told what is delivered here is at this address. */
  boolean isInAudience(PeerId peer) {
    return peers.containsValue(peer) || leavers.containsValue(peer);
  }

  /** All that are told what is delivered here, each once. */
  Set<PeerId> audience() {
    Set<PeerId> audience = new LinkedHashSet<>(peers.values());
    audience.addAll(leavers.values());
    return audience;
  }

  Optional<PeerId> find(String actor) {
    return Optional.ofNullable(peers.get(actor));
  }
}
