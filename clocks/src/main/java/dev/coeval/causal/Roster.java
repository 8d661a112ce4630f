package dev.coeval.causal;

import dev.coeval.logical.StampRejectedException;
import dev.coeval.logical.StampRejectedException.Reason;
import dev.coeval.logical.vector.VectorTimestamp;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The actors of a group, those that have left included, and what is delivered of each. */
final class Roster {

  /** What is known of an actor. */
  static final class Actor {
    long delivered;

    /** The last message that anybody will ever deliver. */
    long last;

    private Actor(long delivered, long last) {
      this.delivered = delivered;
      this.last = last;
    }

    boolean isMember() {
      return last == Long.MAX_VALUE;
    }
  }

  private final Map<String, Actor> actors = new HashMap<>();

  /** Adds an actor; {@link Long#MAX_VALUE} as its last message makes it a member. */
  Actor add(String name, long delivered, long last) {
    if (actors.size() >= VectorTimestamp.MAX_ACTORS) {
      throw new StampRejectedException(
          Reason.TOO_MANY_ACTORS, actors.size() + " actors were members");
    }
    Actor actor = new Actor(delivered, last);
    actors.put(name, actor);
    return actor;
  }

  @Nullable Actor find(String name) {
    return actors.get(name);
  }

  Actor get(String name) {
    return Objects.requireNonNull(actors.get(name), name);
  }

  long delivered(String name) {
    Actor actor = actors.get(name);
    return actor == null ? 0 : actor.delivered;
  }

  /** Whether all actors of a stamp are or were members. */
  boolean knowsAll(VectorTimestamp counts) {
    boolean[] known = {true};
    counts.forEach((name, count) -> known[0] &= actors.containsKey(name));
    return known[0];
  }

  boolean isDelivered(MessageId id) {
    return id.sequence() <= delivered(id.sender());
  }

  /**
   * Whether a message will never be delivered: it is, or depends on, one beyond an actor's last.
   */
  boolean isOrphan(BroadcastStamp stamp) {
    boolean[] beyond = {false};
    stamp
        .vector()
        .forEach(
            (name, count) -> {
              Actor actor = actors.get(name);
              beyond[0] |= actor != null && count > actor.last;
            });
    return beyond[0];
  }

  Set<String> members() {
    Set<String> members = new TreeSet<>();
    actors.forEach(
        (name, actor) -> {
          if (actor.isMember()) {
            members.add(name);
          }
        });
    return members;
  }

  VectorTimestamp delivered() {
    Map<String, Long> counts = new HashMap<>();
    actors.forEach((name, actor) -> counts.put(name, actor.delivered));
    return VectorTimestamp.of(counts);
  }

  GroupView view() {
    Map<String, Long> departed = new HashMap<>();
    actors.forEach(
        (name, actor) -> {
          if (!actor.isMember()) {
            departed.put(name, actor.last);
          }
        });
    return new GroupView(members(), departed, delivered());
  }
}
