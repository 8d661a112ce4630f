package dev.coeval.examples.chat;

import dev.coeval.causal.CausalEvent;
import dev.coeval.causal.HistoryRecorder;
import dev.coeval.logical.StampRejectedException;
import dev.coeval.logical.vector.VectorClock;
import dev.coeval.logical.vector.VectorTimestamp;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.order.broadcast.BroadcastAnswer;
import dev.coeval.sync.order.broadcast.BroadcastNode;
import dev.coeval.sync.order.broadcast.GroupEvent;
import dev.coeval.sync.runtime.UdpConfig;
import dev.coeval.sync.runtime.UdpRuntime;
import dev.coeval.time.ClockReader;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One who takes part in a conversation: a node on its port, and the history of its events. */
final class ChatPeer implements AutoCloseable {
  static final String OWNER = "chat";

  private static final long FAREWELL_SECONDS = 3;

  private final BroadcastNode node;
  private final Consumer<Report> listener;
  private final Consumer<CausalEvent> trace;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final UdpRuntime runtime;

  /** Of the port's thread: there is one from when the group was entered. */
  private @Nullable HistoryRecorder history;

  private String self = "";

  private volatile boolean joined;

  private ChatPeer(BroadcastNode node, Listeners listeners, UdpConfig udp, Switchboard board) {
    this.node = node;
    this.listener = listeners.reports;
    this.trace = listeners.history;
    this.runtime = UdpRuntime.open(udp, board, ClockReader.system(), this::hear);
  }

  /**
   * Who is told, on the port's thread.
   *
   * @param reports what is published on the port, and {@link Said} for what is delivered
   * @param history each event, for a trace
   */
  record Listeners(Consumer<Report> reports, Consumer<CausalEvent> history) {}

  /**
   * A line that was delivered.
   *
   * @param from its author, an actor
   * @param stamp how many messages of each actor are this one or in its causal past
   * @param text the line
   */
  record Said(String from, VectorTimestamp stamp, String text) implements Report {}

  /** Opens the port; the node is one of the board. */
  static ChatPeer open(
      BroadcastNode node, Switchboard board, InetSocketAddress address, Listeners listeners) {
    UdpConfig udp = UdpConfig.bound(address);
    ChatPeer peer = new ChatPeer(node, listeners, udp, board);
    peer.runtime.start();
    return peer;
  }

  UdpRuntime runtime() {
    return runtime;
  }

  InetSocketAddress address() {
    return runtime.localAddress();
  }

  /** Says something. The answer comes on the port's thread. */
  void say(String text, Consumer<BroadcastAnswer> answer) {
    runtime.submit(
        now -> {
          HistoryRecorder recorder = history;
          if (recorder == null) {
            answer.accept(BroadcastAnswer.NOT_A_MEMBER);
            return List.of();
          }
          VectorTimestamp event = recorder.tick(Level.INFO, "says: " + text);
          return node.broadcast(now, new ChatMessage(event, text).toBytes(), answer);
        });
  }

  /** Removes those that have crashed. */
  void remove(Set<String> actors) {
    runtime.submit(now -> node.remove(now, actors));
  }

  /** Says goodbye, and waits a little until everybody knows. */
  void leave() throws InterruptedException {
    if (joined) {
      runtime.submit(node::leave);
      ended.await(FAREWELL_SECONDS, TimeUnit.SECONDS);
    }
  }

  /**
   * Looks whether the port still works.
   *
   * @throws IllegalStateException if it does not: a bug
   */
  void check() {
    runtime
        .failure()
        .ifPresent(
            cause -> {
              throw new IllegalStateException("the network's thread has failed", cause);
            });
  }

  @Override
  public void close() {
    runtime.close();
  }

  private void hear(Report report) {
    if (report instanceof GroupEvent.Delivered delivered) {
      ChatMessage.of(delivered.payload()).ifPresent(message -> deliver(delivered, message));
      return;
    }
    if (report instanceof GroupEvent.Joined entered) {
      self = entered.self();
      history = HistoryRecorder.of(VectorClock.of(self), Level.INFO, trace);
      joined = true;
    }
    if (report instanceof GroupEvent event) {
      note(event);
    }
    listener.accept(report);
    if (report instanceof GroupEvent.Ended) {
      ended.countDown();
    }
  }

  private void deliver(GroupEvent.Delivered delivered, ChatMessage message) {
    String from = delivered.sender();
    HistoryRecorder recorder = history;
    if (recorder != null && message.event().count(from) > 0) {
      receive(recorder, from, message);
    }
    listener.accept(new Said(from, delivered.stamp(), message.text()));
  }

  /** One's own lines were noted when they were said. */
  private void receive(HistoryRecorder recorder, String from, ChatMessage message) {
    try {
      if (!from.equals(self)) {
        recorder.receive(message.event(), Level.INFO, "shows " + from + ": " + message.text());
      }
    } catch (StampRejectedException e) {
      note("shows " + from + ", whose stamp is false: " + message.text());
    }
  }

  private void note(GroupEvent event) {
    if (event instanceof GroupEvent.MemberJoined member) {
      note(member.actor() + " has joined");
    } else if (event instanceof GroupEvent.MemberLeft member) {
      note(member.actor() + (member.ofItsOwn() ? " has left" : " was removed"));
    } else if (event instanceof GroupEvent.Joined) {
      note("is in the group");
    }
  }

  private void note(String text) {
    HistoryRecorder recorder = history;
    if (recorder != null) {
      recorder.tick(Level.INFO, text);
    }
  }
}
