package dev.coeval.logical.matrix;

import dev.coeval.logical.ActorNames;
import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.vector.VectorTimestamp;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one process knew at one event: its causal past, and of every process the causal past that it
 * had heard that process to know.
 *
 * <p>Rows that are empty are never stored. Immutable and thread-safe.
 */
public final class MatrixTimestamp {

  /**
   * The most rows of a stamp: 1,024. Every message carries a vector a row, so a group of that size
   * already sends a million numbers a message.
   */
  public static final int MAX_ROWS = 1 << 10;

  private final String actor;
  private final SortedMap<String, VectorTimestamp> rows;

  private MatrixTimestamp(String actor, SortedMap<String, VectorTimestamp> rows) {
    this.actor = actor;
    this.rows = Collections.unmodifiableSortedMap(rows);
  }

  /**
   * The stamp with the given rows.
   *
   * @param actor the process whose knowledge it is; not empty
   * @param rows what each process is known to know; an empty row counts as absent
   * @return the stamp
   * @throws IllegalArgumentException if the actor is no {@link ActorNames name}, a row has pruned
   *     counts, or there are more than {@link #MAX_ROWS} rows that are not empty
   */
  public static MatrixTimestamp of(String actor, Map<String, VectorTimestamp> rows) {
    SortedMap<String, VectorTimestamp> known = new TreeMap<>();
    rows.forEach(
        (process, row) -> {
          if (!row.pruned().isEmpty()) {
            throw new IllegalArgumentException("the row of " + process + " has pruned counts");
          }
          if (!row.isEmpty()) {
            known.put(ActorNames.require(process), row);
          }
        });
    if (known.size() > MAX_ROWS) {
      throw new IllegalArgumentException(
          known.size() + " rows, but at most " + MAX_ROWS + " are allowed");
    }
    return new MatrixTimestamp(ActorNames.require(actor), known);
  }

  /**
   * The process whose knowledge this is.
   *
   * @return its id
   */
  public String actor() {
    return actor;
  }

  /**
   * The vector timestamp of the event.
   *
   * @return the row of {@link #actor()}: the causal past
   */
  public VectorTimestamp own() {
    return row(actor);
  }

  /**
   * What a process is known to know.
   *
   * @param process its id
   * @return a part of its causal past; empty for one that was never heard of
   */
  public VectorTimestamp row(String process) {
    return rows.getOrDefault(process, VectorTimestamp.empty());
  }

  /**
   * All rows.
   *
   * @return an unmodifiable map, sorted by process, of the rows that are not empty
   */
  public SortedMap<String, VectorTimestamp> rows() {
    return rows;
  }

  /**
   * The events that each of some processes is known to know.
   *
   * @param members the processes
   * @return for every process how many of its events are known to all members; empty for no members
   */
  public VectorTimestamp knownBy(Collection<String> members) {
    if (members.isEmpty()) {
      return VectorTimestamp.empty();
    }
    Map<String, Long> common = new TreeMap<>();
    for (String process : own().toMap().keySet()) {
      common.put(
          process, members.stream().mapToLong(m -> row(m).count(process)).min().orElseThrow());
    }
    return VectorTimestamp.of(common);
  }

  /**
   * This knowledge without an actor: neither what it knows nor its events are mentioned.
   *
   * @param gone the id of the actor, not that of this stamp
   * @return the stamp without its row and its column
   * @throws IllegalArgumentException if it is the stamp's own actor
   */
  public MatrixTimestamp retire(String gone) {
    if (gone.equals(actor)) {
      throw new IllegalArgumentException(gone + " cannot leave its own stamp");
    }
    Map<String, VectorTimestamp> rest = new TreeMap<>();
    rows.forEach((process, row) -> rest.put(process, row.retire(gone)));
    rest.remove(gone);
    return of(actor, rest);
  }

  /**
   * How the event of this stamp stands to that of another: as their causal pasts do.
   *
   * @param other the other stamp
   * @return the order of {@link #own()} and the other's
   */
  public CausalOrder relationTo(MatrixTimestamp other) {
    return own().relationTo(other.own());
  }

  /**
   * Whether both are the same knowledge of the same process.
   *
   * @param other the object to compare with
   * @return true if actor and all rows are equal
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof MatrixTimestamp that
        && actor.equals(that.actor)
        && rows.equals(that.rows);
  }

  @Override
  public int hashCode() {
    return Objects.hash(actor, rows);
  }

  /**
   * The stamp as text, for people.
   *
   * @return the actor and the rows by process
   */
  @Override
  public String toString() {
    return actor + rows;
  }
}
