package dev.coeval.causal;

import dev.coeval.logical.laws.DeliveryProcess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Causal delivery with the whole matrix of what everybody has sent to everybody, as in the paper of
 * Raynal, Schiper and Toueg (1991): simple, slow, never pruned. To compare with.
 */
final class SentMatrixProcess implements DeliveryProcess<SentMatrixProcess.Sent> {

  /** A message with the matrix: by sender and destination, the number of messages before it. */
  static final class Sent {
    private final int message;
    private final int sender;
    private final int[][] before;

    private Sent(int message, int sender, int[][] before) {
      this.message = message;
      this.sender = sender;
      this.before = before;
    }
  }

  private final int self;
  private final List<String> group;
  private final int[][] sent;
  private final int[] delivered;
  private final Map<Integer, Sent> held = new HashMap<>();

  SentMatrixProcess(String self, List<String> group) {
    this.self = group.indexOf(self);
    this.group = group;
    this.sent = new int[group.size()][group.size()];
    this.delivered = new int[group.size()];
  }

  private static int[][] copy(int[][] matrix) {
    int[][] copy = matrix.clone();
    for (int row = 0; row < copy.length; row++) {
      copy[row] = matrix[row].clone();
    }
    return copy;
  }

  @Override
  public Map<String, Sent> send(int message, List<String> destinations) {
    destinations.forEach(destination -> sent[self][group.indexOf(destination)]++);
    Map<String, Sent> messages = new HashMap<>();
    for (String destination : destinations) {
      int[][] before = copy(sent);
      before[self][group.indexOf(destination)]--;
      messages.put(destination, new Sent(message, self, before));
    }
    return messages;
  }

  @Override
  public List<Integer> receive(Sent message) {
    if (message.before[message.sender][self] >= delivered[message.sender]) {
      held.put(message.message, message);
    }
    List<Integer> deliveries = new ArrayList<>();
    boolean again = true;
    while (again) {
      again = false;
      for (Iterator<Sent> waiting = held.values().iterator(); waiting.hasNext(); ) {
        Sent next = waiting.next();
        if (isDue(next)) {
          waiting.remove();
          deliver(next);
          deliveries.add(next.message);
          again = true;
        }
      }
    }
    return deliveries;
  }

  private boolean isDue(Sent message) {
    for (int sender = 0; sender < delivered.length; sender++) {
      if (message.before[sender][self] > delivered[sender]) {
        return false;
      }
    }
    return true;
  }

  private void deliver(Sent message) {
    delivered[message.sender]++;
    for (int from = 0; from < sent.length; from++) {
      for (int to = 0; to < sent.length; to++) {
        sent[from][to] = Math.max(sent[from][to], message.before[from][to]);
      }
    }
    sent[message.sender][self] =
        Math.max(sent[message.sender][self], message.before[message.sender][self] + 1);
  }

  @Override
  public int pending() {
    return held.size();
  }
}
