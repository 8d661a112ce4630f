package dev.coeval.causal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which messages every member is known to have delivered: a matrix clock of messages.
 *
 * <p><strong>Problem.</strong> The least entry of a column, one row for each member, tells how far
 * an actor's messages are delivered everywhere. Taking it again after every message would cost the
 * number of members squared.
 *
 * <p><strong>Idea.</strong> Keep for every column how many rows are not yet above its least entry.
 * Only when the last of these has moved, the least entry can have grown, and is taken again.
 *
 * <p>Entries never shrink, and neither does what is stable: a member that joins late takes the
 * messages that were stable before as delivered. Not thread-safe.
 *
 * <p>Source: G. T. J. Wuu, A. J. Bernstein, "Efficient solutions to the replicated log and
 * dictionary problems", 1984.
 */
final class StabilityTable {

  private final Map<String, Integer> columnOf = new HashMap<>();
  private final List<String> actors = new ArrayList<>();
  private final Map<String, long[]> rows = new HashMap<>();
  private long[] stable = new long[4];

  /** By column, how many rows have no more than what is stable. */
  private int[] rowsBehind = new int[4];

  /** Adds a column; nothing if it is there. */
  void addActor(String actor) {
    if (columnOf.containsKey(actor)) {
      return;
    }
    int column = actors.size();
    columnOf.put(actor, column);
    actors.add(actor);
    if (column == stable.length) {
      stable = Arrays.copyOf(stable, 2 * column);
      rowsBehind = Arrays.copyOf(rowsBehind, 2 * column);
      rows.replaceAll((member, row) -> Arrays.copyOf(row, stable.length));
    }
    rowsBehind[column] = rows.size();
  }

  /** Adds the row of a member of which nothing is known. */
  void addMember(String member) {
    rows.put(member, new long[stable.length]);
    for (int column = 0; column < actors.size(); column++) {
      rowsBehind[column]++;
    }
  }

  /** Takes a member's row away: nobody waits for it any more. */
  void removeMember(String member, StabilityListener listener) {
    long[] row = rows.remove(member);
    for (int column = 0; column < actors.size(); column++) {
      if (row != null && row[column] <= stable[column]) {
        moveUp(column, listener);
      }
    }
  }

  /** A member is known to have delivered the messages of an actor up to a sequence. */
  void learn(String member, String actor, long sequence, StabilityListener listener) {
    Integer column = columnOf.get(actor);
    long[] row = rows.get(member);
    if (column == null || row == null || row[column] >= sequence) {
      return;
    }
    boolean wasBehind = row[column] <= stable[column];
    row[column] = sequence;
    if (wasBehind && sequence > stable[column]) {
      moveUp(column, listener);
    }
  }

  private void moveUp(int column, StabilityListener listener) {
    rowsBehind[column]--;
    if (rowsBehind[column] > 0 || rows.isEmpty()) {
      return;
    }
    long least = Long.MAX_VALUE;
    for (long[] row : rows.values()) {
      least = Math.min(least, row[column]);
    }
    stable[column] = least;
    for (long[] row : rows.values()) {
      rowsBehind[column] += row[column] == least ? 1 : 0;
    }
    listener.onStable(actors.get(column), least);
  }

  /** How many messages of an actor every member has delivered. */
  long stable(String actor) {
    Integer column = columnOf.get(actor);
    return column == null ? 0 : stable[column];
  }

  /** The stable messages by actor. */
  Map<String, Long> stable() {
    Map<String, Long> counts = new HashMap<>();
    actors.forEach(actor -> counts.put(actor, stable(actor)));
    return counts;
  }
}
