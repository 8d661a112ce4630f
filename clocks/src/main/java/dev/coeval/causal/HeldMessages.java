package dev.coeval.causal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Messages that wait for others, each filed under one that it lacks.
 *
 * <p><strong>Problem.</strong> Looking through all held messages at each delivery costs their
 * number squared.
 *
 * <p><strong>Idea.</strong> A message that lacks three others cannot be delivered before any one of
 * them; so it is enough to look at it again when that one is delivered, and then it is delivered or
 * filed under the next. What a message lacked is looked at once each, so a message costs no more
 * than its stamp is long.
 *
 * <p>Not thread-safe.
 *
 * @param <D> the messages with their stamps
 */
final class HeldMessages<D> {

  private static final Comparator<MessageId> ORDER =
      Comparator.comparing(MessageId::sender).thenComparingLong(MessageId::sequence);

  /** A held message and what it lacks; it is filed under the first of these. */
  private record Held<D>(MessageId id, D message, Deque<MessageId> lacks) {}

  private final Map<MessageId, Held<D>> byId = new LinkedHashMap<>();
  private final Map<MessageId, List<MessageId>> awaiting = new HashMap<>();
  private final Map<String, Integer> perSender = new HashMap<>();

  boolean contains(MessageId id) {
    return byId.containsKey(id);
  }

  int size() {
    return byId.size();
  }

  int sizeOf(String sender) {
    return perSender.getOrDefault(sender, 0);
  }

  /**
   * Keeps a message.
   *
   * @param id its name
   * @param message the message
   * @param lacks at least one message that must be delivered before it
   */
  void hold(MessageId id, D message, Deque<MessageId> lacks) {
    byId.put(id, new Held<>(id, message, lacks));
    awaiting.computeIfAbsent(lacks.element(), any -> new ArrayList<>(1)).add(id);
    perSender.merge(id.sender(), 1, Integer::sum);
  }

  /**
   * Delivers all that has become deliverable after one message was delivered.
   *
   * @param first the message that was delivered
   * @param isDelivered whether a message is delivered
   * @param deliver delivers a message
   */
  void release(MessageId first, Predicate<MessageId> isDelivered, Consumer<D> deliver) {
    release(List.of(first), isDelivered, deliver);
  }

  /** Delivers all that has become deliverable after messages were given up. */
  void release(Predicate<MessageId> isSettled, Consumer<D> deliver) {
    release(
        awaiting.keySet().stream().filter(isSettled).sorted(ORDER).toList(), isSettled, deliver);
  }

  private void release(
      List<MessageId> settled, Predicate<MessageId> isDelivered, Consumer<D> deliver) {
    Deque<MessageId> delivered = new ArrayDeque<>(settled);
    while (!delivered.isEmpty()) {
      List<MessageId> waiting = awaiting.remove(delivered.remove());
      if (waiting == null) {
        continue;
      }
      for (MessageId id : waiting) {
        Held<D> held = take(id);
        while (!held.lacks().isEmpty() && isDelivered.test(held.lacks().element())) {
          held.lacks().remove();
        }
        if (held.lacks().isEmpty()) {
          deliver.accept(held.message());
          delivered.add(id);
        } else {
          hold(id, held.message(), held.lacks());
        }
      }
    }
  }

  private Held<D> take(MessageId id) {
    Held<D> held = byId.remove(id);
    if (held == null) {
      throw new AssertionError("filed, but not held: " + id);
    }
    if (perSender.merge(id.sender(), -1, Integer::sum) == 0) {
      perSender.remove(id.sender());
    }
    return held;
  }

  /** Takes out and returns the messages that nobody will deliver. */
  List<D> discard(Predicate<D> isHopeless) {
    List<Held<D>> hopeless =
        byId.values().stream().filter(held -> isHopeless.test(held.message())).toList();
    hopeless.forEach(this::remove);
    return hopeless.stream().map(Held::message).toList();
  }

  private void remove(Held<D> held) {
    take(held.id());
    MessageId awaited = held.lacks().element();
    List<MessageId> waiting = awaiting.getOrDefault(awaited, List.of());
    waiting.remove(held.id());
    if (waiting.isEmpty()) {
      awaiting.remove(awaited);
    }
  }

  /** Lets those that wait for later messages of a sender wait for its last one instead. */
  void capAt(MessageId last) {
    Predicate<MessageId> isLater =
        id -> id.sender().equals(last.sender()) && id.sequence() > last.sequence();
    List<Held<D>> waiting =
        byId.values().stream().filter(held -> held.lacks().stream().anyMatch(isLater)).toList();
    for (Held<D> held : waiting) {
      remove(held);
      Deque<MessageId> lacks = new ArrayDeque<>();
      held.lacks().forEach(id -> lacks.add(isLater.test(id) ? last : id));
      hold(held.id(), held.message(), lacks);
    }
  }

  /** The messages that others wait for and that are not here themselves, in order. */
  List<MessageId> missing() {
    return awaiting.keySet().stream().filter(id -> !contains(id)).sorted(ORDER).toList();
  }
}
