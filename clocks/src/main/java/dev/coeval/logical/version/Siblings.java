package dev.coeval.logical.version;

import java.util.ArrayList;
import java.util.List;

/**
 * What a set knows of one server: that it took {@code count} writes, and the values of the last of
 * them that nothing has replaced yet, newest first. Their dots need not be kept: the first value is
 * the write {@code count}, the second {@code count - 1}, and so on, since a context always covers
 * the earliest writes of a server.
 *
 * @param <V> a value
 * @param count how many writes are known
 * @param values the last of them, newest first; at most {@code count}
 */
record Siblings<V>(long count, List<V> values) {

  Siblings {
    values = List.copyOf(values);
  }

  /** A server that has taken no write. */
  static <V> Siblings<V> none() {
    return new Siblings<>(0, List.of());
  }

  /** The count of the last write that something has replaced, or zero. */
  private long replaced() {
    return count - values.size();
  }

  /** The server takes one more write. */
  Siblings<V> with(V value) {
    List<V> longer = new ArrayList<>(values.size() + 1);
    longer.add(value);
    longer.addAll(values);
    return new Siblings<>(Math.addExact(count, 1), longer);
  }

  /** Without the values of the first so many writes; whatever was known stays known. */
  Siblings<V> without(long covered) {
    long left = Math.max(0, count - Math.max(covered, replaced()));
    return new Siblings<>(Math.max(count, covered), values.subList(0, (int) left));
  }

  /** What is known of the server by the two together: a value that one has replaced is gone. */
  Siblings<V> sync(Siblings<V> other) {
    return count >= other.count ? without(other.replaced()) : other.without(replaced());
  }
}
