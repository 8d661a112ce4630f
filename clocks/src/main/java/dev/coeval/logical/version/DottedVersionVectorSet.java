package dev.coeval.logical.version;

import dev.coeval.logical.ActorNames;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * The values of one replicated record that are in conflict, each with the write that brought it.
 *
 * <p><strong>Problem.</strong> Clients read a record, think, and write it back through any server.
 * A write must replace what its writer had seen, and stand beside what it had not. A plain version
 * vector with an entry for each server cannot say that: two writes through one server have ordered
 * versions even if neither client saw the other's, so either one is lost or the versions claim
 * conflicts that are none. An entry for each client can say it, but never stops growing.
 *
 * <p><strong>Idea.</strong> A version vector of servers says what has been seen; each value also
 * has a {@link Dot}, the one event that wrote it.
 *
 * <ol>
 *   <li>A reader gets {@link #values()} and {@link #context()}.
 *   <li>{@link #put}: drop the values that the writer's context covers; the new value gets the next
 *       dot of the server.
 *   <li>{@link #sync}: a value stays if both have it, or if one has it and the other has not seen
 *       its dot.
 *   <li>A conflict that a program or a person has resolved is a {@code put} with {@link
 *       #context()}.
 * </ol>
 *
 * <p><strong>What holds.</strong> The values are exactly the writes that no other write had seen.
 * {@code sync} is commutative, associative and idempotent, up to the order of siblings. There is
 * one entry for each server that ever took a write, and none for clients.
 *
 * <p><strong>Known attack.</strong> A context is believed: a client that invents one can make
 * values disappear. Contexts that leave the trusted side should be signed, or kept there.
 *
 * <p>Immutable and thread-safe, given that the values are.
 *
 * <p>Source: P. S. Almeida, C. Baquero, R. Gonçalves, N. Preguiça, V. Fonte, "Scalable and accurate
 * causality tracking for eventually consistent stores", DAIS 2014, section 5 (compact form).
 *
 * @param <V> a value
 */
public final class DottedVersionVectorSet<V> {

  private final SortedMap<String, Siblings<V>> servers;

  DottedVersionVectorSet(SortedMap<String, Siblings<V>> servers) {
    this.servers = Collections.unmodifiableSortedMap(servers);
  }

  /**
   * A record that was never written.
   *
   * @param <V> a value
   * @return the set without values
   */
  public static <V> DottedVersionVectorSet<V> empty() {
    return new DottedVersionVectorSet<>(new TreeMap<>());
  }

  /**
   * The values in conflict.
   *
   * @return the siblings: by server, newest first; none if nothing was written or all was {@link
   *     #discard discarded}, one if there is no conflict
   */
  public List<V> values() {
    return servers.values().stream().flatMap(known -> known.values().stream()).toList();
  }

  /**
   * The values and the writes that brought them.
   *
   * @return an unmodifiable map from dot to value, sorted by dot
   */
  public SortedMap<Dot, V> dottedValues() {
    SortedMap<Dot, V> dotted = new TreeMap<>();
    servers.forEach(
        (server, known) -> {
          long count = known.count();
          for (V value : known.values()) {
            dotted.put(new Dot(server, count--), value);
          }
        });
    return Collections.unmodifiableSortedMap(dotted);
  }

  /**
   * What a reader of this set has seen, to be sent back with the write that follows.
   *
   * @return all writes that are known here
   */
  public VersionVector context() {
    Map<String, Long> counts = new TreeMap<>();
    servers.forEach((server, known) -> counts.put(server, known.count()));
    return VersionVector.of(counts);
  }

  /**
   * A server takes a write. What its writer had seen is replaced; the rest stays beside it.
   *
   * <p>A context may know writes that this replica has not met yet, even of this server (one that
   * restarted with less than it had): they are then known here too, so that no dot is used twice.
   *
   * @param context what the writer had read; {@link VersionVector#empty()} for a blind write
   * @param server the id of the server, with its incarnation; not empty
   * @param value what is written
   * @return the set with the value
   * @throws ArithmeticException if the count of the server is {@link Long#MAX_VALUE}
   * @throws IllegalArgumentException if the id is empty
   */
  public DottedVersionVectorSet<V> put(VersionVector context, String server, V value) {
    Objects.requireNonNull(value, "value");
    SortedMap<String, Siblings<V>> next = withoutCovered(context);
    next.put(ActorNames.require(server), next.getOrDefault(server, Siblings.none()).with(value));
    return new DottedVersionVectorSet<>(next);
  }

  /**
   * Drops the values that a context covers: a delete by somebody who had read it. What was written
   * since stays.
   *
   * @param context what was read
   * @return the set without those values, in which the writes are still known
   */
  public DottedVersionVectorSet<V> discard(VersionVector context) {
    return new DottedVersionVectorSet<>(withoutCovered(context));
  }

  private SortedMap<String, Siblings<V>> withoutCovered(VersionVector context) {
    SortedMap<String, Siblings<V>> left = new TreeMap<>(servers);
    context
        .toMap()
        .forEach(
            (server, covered) ->
                left.put(server, left.getOrDefault(server, Siblings.none()).without(covered)));
    return left;
  }

  /**
   * The two replicas' values without those that either has seen replaced.
   *
   * @param other the record at another replica
   * @return what both go on with
   */
  public DottedVersionVectorSet<V> sync(DottedVersionVectorSet<V> other) {
    SortedMap<String, Siblings<V>> both = new TreeMap<>(servers);
    other.servers.forEach((server, known) -> both.merge(server, known, Siblings::sync));
    return new DottedVersionVectorSet<>(both);
  }

  /**
   * What is known of each server.
   *
   * @return sorted by server
   */
  SortedMap<String, Siblings<V>> servers() {
    return servers;
  }

  /**
   * Whether both know the same writes and hold the same values.
   *
   * @param other the object to compare with
   * @return true if the other is a set with equal values for equal dots, and an equal context
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof DottedVersionVectorSet<?> that && servers.equals(that.servers);
  }

  @Override
  public int hashCode() {
    return servers.hashCode();
  }

  /**
   * The set as text, for people.
   *
   * @return for every server its count and its values: {@code {a=2[w, v], b=1[]}}
   */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ", "{", "}");
    servers.forEach((server, known) -> text.add(server + "=" + known.count() + known.values()));
    return text.toString();
  }
}
