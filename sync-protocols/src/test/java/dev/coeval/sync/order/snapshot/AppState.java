package dev.coeval.sync.order.snapshot;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A whole system without any snapshots: tokens that processes pass on as their scripts say, when
 * they have one. What each has sent is its place in the script; what each has received is a set of
 * bits for each sender. The channels follow from that.
 */
final class AppState {
  private static final List<String> NAMES = List.of("a", "b", "c");

  final int[][] scripts;
  private final boolean fifo;
  private final int[] tokens;
  final int[] sent;
  final int[][] received; // [to][from]: bit k is the k-th message on that channel

  AppState(boolean fifo, int[] tokens, int[][] scripts) {
    this(fifo, tokens, scripts, new int[tokens.length], new int[tokens.length][tokens.length]);
  }

  private AppState(boolean fifo, int[] tokens, int[][] scripts, int[] sent, int[][] received) {
    this.fifo = fifo;
    this.tokens = tokens;
    this.scripts = scripts;
    this.sent = sent;
    this.received = received;
  }

  int size() {
    return tokens.length;
  }

  boolean canSend(int process) {
    return sent[process] < scripts[process].length && balance(process) > 0;
  }

  int balance(int process) {
    int balance = tokens[process] - sent[process];
    for (int bits : received[process]) {
      balance += Integer.bitCount(bits);
    }
    return balance;
  }

  /** Which messages of a channel were sent, as bits. */
  int sentBits(int from, int to) {
    int count = 0;
    for (int i = 0; i < sent[from]; i++) {
      count += scripts[from][i] == to ? 1 : 0;
    }
    return (1 << count) - 1;
  }

  AppState send(int process) {
    int[] more = sent.clone();
    more[process]++;
    return new AppState(fifo, tokens, scripts, more, received);
  }

  AppState receive(int from, int to, int number) {
    int[][] more = received.clone();
    more[to] = received[to].clone();
    more[to][from] |= 1 << number;
    return new AppState(fifo, tokens, scripts, sent, more);
  }

  /** What one process knows of all that: its own part. */
  byte[] partOf(int process) {
    StringBuilder text = new StringBuilder().append(sent[process]);
    for (int bits : received[process]) {
      text.append(' ').append(bits);
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** The system whose processes have these parts. */
  AppState of(List<byte[]> parts) {
    int[] otherSent = new int[size()];
    int[][] otherReceived = new int[size()][size()];
    for (int i = 0; i < size(); i++) {
      String[] numbers = new String(parts.get(i), StandardCharsets.US_ASCII).split(" ", -1);
      otherSent[i] = Integer.parseInt(numbers[0]);
      for (int j = 0; j < size(); j++) {
        otherReceived[i][j] = Integer.parseInt(numbers[j + 1]);
      }
    }
    return new AppState(fifo, tokens, scripts, otherSent, otherReceived);
  }

  /** Whether this system could come to be like that one, by sending and receiving alone. */
  boolean reaches(AppState goal) {
    Set<String> seen = new HashSet<>();
    Deque<AppState> open = new ArrayDeque<>(List.of(this));
    while (!open.isEmpty()) {
      AppState state = open.pop();
      if (state.toString().equals(goal.toString())) {
        return true;
      }
      if (seen.add(state.toString())) {
        open.addAll(state.next());
      }
    }
    return false;
  }

  private List<AppState> next() {
    List<AppState> next = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      if (canSend(i)) {
        next.add(send(i));
      }
      for (int j = 0; j < size(); j++) {
        int open = sentBits(j, i) & ~received[i][j];
        for (int number = 0; open >> number != 0; number++) {
          if ((open >> number & 1) != 0) {
            next.add(receive(j, i, number));
            if (fifo) {
              break;
            }
          }
        }
      }
    }
    return next;
  }

  static List<String> names(int size) {
    return Collections.unmodifiableList(NAMES.subList(0, size));
  }

  @Override
  public String toString() {
    return Arrays.toString(sent) + Arrays.deepToString(received);
  }
}
