package dev.coeval.logical.matrix;

import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.StampRejectedException;
import dev.coeval.logical.StampRejectedException.Reason;
import dev.coeval.logical.vector.VectorTimestamp;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * The matrix clock of one process.
 *
 * <p><strong>Problem.</strong> Whatever is kept until everybody has seen it (a tombstone, a log
 * entry, the entry of an actor that left) is kept for ever, unless one knows what everybody has
 * seen.
 *
 * <p><strong>Idea.</strong> Send with each message not only what we know, but also what we know of
 * the others' knowledge.
 *
 * <ol>
 *   <li>{@link #tick()}: add one to our entry in our row.
 *   <li>{@link #receive}: take the greater of every row; our own row also takes in the sender's;
 *       then add one to our entry in it.
 *   <li>{@link #knownByAll}: the smallest count of every column.
 * </ol>
 *
 * <p><strong>What holds.</strong> Our own row is a vector clock. A row never says more than its
 * process knew when it said so, so what is known by all is in the past of everybody's next event.
 * As long as everybody keeps hearing from everybody, directly or not, it advances; one silent
 * member holds it up, and only the owner of the group can decide to go on without that member.
 *
 * <p><strong>Known attack.</strong> A member that lies about what others know can make things be
 * thrown away too early. What it says of ourselves we know better.
 *
 * <p>Lock-free and thread-safe: concurrent calls act as if made one after another.
 *
 * <p>Sources: Wuu and Bernstein 1984, Sarin and Lynch 1987 (see the package).
 */
public final class MatrixClock implements LogicalClock<MatrixTimestamp> {

  private static final AtomicReferenceFieldUpdater<MatrixClock, MatrixTimestamp> LATEST =
      AtomicReferenceFieldUpdater.newUpdater(MatrixClock.class, MatrixTimestamp.class, "latest");

  private volatile MatrixTimestamp latest;

  private MatrixClock(MatrixTimestamp latest) {
    this.latest = Objects.requireNonNull(latest, "latest");
  }

  /**
   * A clock of a process that has had no event yet.
   *
   * @param actor the id of the process; not empty, unique among the processes
   * @return a clock whose latest stamp is empty
   * @throws IllegalArgumentException if the id is empty
   */
  public static MatrixClock of(String actor) {
    return new MatrixClock(MatrixTimestamp.of(actor, Map.of()));
  }

  /**
   * The clock of a process that starts again.
   *
   * @param last the last stamp that it gave to any event
   * @return a clock whose stamps are all after {@code last}
   */
  public static MatrixClock resumeFrom(MatrixTimestamp last) {
    return new MatrixClock(last);
  }

  @Override
  public MatrixTimestamp tick() {
    while (true) {
      MatrixTimestamp local = latest;
      Map<String, VectorTimestamp> rows = new TreeMap<>(local.rows());
      MatrixTimestamp next = withEvent(local.actor(), rows);
      if (LATEST.compareAndSet(this, local, next)) {
        return next;
      }
    }
  }

  private static MatrixTimestamp withEvent(String actor, Map<String, VectorTimestamp> rows) {
    rows.put(actor, rows.getOrDefault(actor, VectorTimestamp.empty()).increment(actor));
    return MatrixTimestamp.of(actor, rows);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Not admitted are a stamp that counts more events of this process than there were ({@link
   * Reason#OWN_ENTRY_AHEAD}), and one that would make the latest stamp name too many processes
   * ({@link Reason#TOO_MANY_ACTORS}). What it says of this process's knowledge is not used.
   */
  @Override
  public MatrixTimestamp receive(MatrixTimestamp remote) {
    while (true) {
      MatrixTimestamp local = latest;
      requireNoMoreOfUs(local, remote);
      SortedMap<String, VectorTimestamp> rows = new TreeMap<>(local.rows());
      remote.rows().forEach((process, row) -> rows.merge(process, row, VectorTimestamp::merge));
      rows.put(local.actor(), local.own());
      rows.merge(local.actor(), remote.own(), VectorTimestamp::merge);
      requireRoom(rows, local.actor());
      MatrixTimestamp next = withEvent(local.actor(), rows);
      if (LATEST.compareAndSet(this, local, next)) {
        return next;
      }
    }
  }

  private static void requireNoMoreOfUs(MatrixTimestamp local, MatrixTimestamp remote) {
    String self = local.actor();
    long events = local.own().count(self);
    for (VectorTimestamp row : remote.rows().values()) {
      if (row.count(self) > events) {
        throw new StampRejectedException(
            Reason.OWN_ENTRY_AHEAD,
            "a row counts "
                + row.count(self)
                + " events of "
                + self
                + ", which has had "
                + events
                + "; the stamp is of "
                + remote.actor());
      }
    }
  }

  /** What cannot be written is not taken in: a process counts wherever it is named. */
  private static void requireRoom(SortedMap<String, VectorTimestamp> rows, String self) {
    Set<String> names = new HashSet<>(rows.keySet());
    VectorTimestamp own = rows.getOrDefault(self, VectorTimestamp.empty());
    own.forEach((process, count) -> names.add(process));
    for (VectorTimestamp row : rows.values()) {
      if (!row.relationTo(own).isBeforeOrEqual()) { // from a sender that claims more than it knows
        row.forEach((process, count) -> names.add(process));
      }
    }
    if (names.size() > MatrixTimestamp.MAX_ROWS) {
      throw new StampRejectedException(
          Reason.TOO_MANY_ACTORS,
          names.size() + " processes, but at most " + MatrixTimestamp.MAX_ROWS + " are allowed");
    }
  }

  @Override
  public MatrixTimestamp latest() {
    return latest;
  }

  /**
   * The id of the process whose events this clock stamps.
   *
   * @return the actor
   */
  public String actor() {
    return latest.actor();
  }

  /**
   * The events that every member of the group is known to know; whatever was kept for them may be
   * thrown away.
   *
   * @param members the ids of the processes that matter, this one included; the owner of the group
   *     decides who belongs to it
   * @return for every process how many of its events all members know
   */
  public VectorTimestamp knownByAll(Collection<String> members) {
    return latest.knownBy(members);
  }

  /**
   * Forgets the actors that have left and of whose events all members know: their rows and columns
   * go, and stamps stop growing with everybody who ever was there. It gives nobody a stamp.
   *
   * <p>Members may do this at different moments. A message from one who has not done it yet brings
   * the entries back until this is called again; and as long as they differ, a stamp with the entry
   * may seem concurrent to a later one without it. Never is an order claimed that is none: the
   * entry of the process that had the event, which proves it, is not touched.
   *
   * @param left how many events each actor had when it left, as its last message said
   * @param members the ids of those who remain, this process among them
   * @return the actors that were forgotten, sorted; those of whom some member may not know all yet
   *     are not
   */
  public Set<String> retire(Map<String, Long> left, Collection<String> members) {
    while (true) {
      MatrixTimestamp local = latest;
      VectorTimestamp known = local.knownBy(members);
      Set<String> gone = new TreeSet<>();
      local.own().toMap().keySet().stream()
          .filter(actor -> !members.contains(actor))
          .filter(actor -> known.count(actor) >= left.getOrDefault(actor, Long.MAX_VALUE))
          .forEach(gone::add);
      MatrixTimestamp next = local;
      for (String actor : gone) {
        next = next.retire(actor);
      }
      if (LATEST.compareAndSet(this, local, next)) {
        return gone;
      }
    }
  }

  /**
   * The clock as text, for people.
   *
   * @return the class and the latest stamp
   */
  @Override
  public String toString() {
    return "MatrixClock[" + latest() + "]";
  }
}
