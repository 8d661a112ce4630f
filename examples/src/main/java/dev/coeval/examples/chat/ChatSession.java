package dev.coeval.examples.chat;

import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.examples.terminal.CtrlC;
import dev.coeval.examples.terminal.EventLoop;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.order.broadcast.BroadcastAnswer;
import dev.coeval.sync.order.broadcast.GroupEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run of {@code coeval chat}: what is typed is said, in its order, once this peer is in the
 * group. Called by the loop's thread, but for what reads.
 */
final class ChatSession {
  private static final Duration STEP = Duration.ofMillis(100);

  /** So long somebody whose input has ended waits for a group to say it to. */
  private static final long JOIN_NANOS = 10_000_000_000L;

  private static final long REMINDER_NANOS = 3_000_000_000L;

  /** What is typed, or comes from a file, waits while the group is slow. */
  private static final int MAX_WAITING = 1000;

  private final EventLoop loop;
  private final ChatView view;
  private final String contacts;
  private final Deque<String> waiting = new ArrayDeque<>();
  private @Nullable ChatPeer peer;
  private boolean joined;
  private boolean saying;
  private boolean inputEnded;
  private boolean removed;
  private long reminderNanos = REMINDER_NANOS;

  ChatSession(EventLoop loop, ChatView view, String contacts) {
    this.loop = loop;
    this.view = view;
    this.contacts = contacts;
  }

  /** What the peer publishes, on its thread. */
  void hear(Report report) {
    loop.post(() -> heard(report));
  }

  /** Talks until the input ends, or somebody asks to end; then leaves. */
  void run(ChatPeer chatPeer, Reader input, CtrlC ctrlC, @Nullable Duration duration) {
    peer = chatPeer;
    Thread reader = new Thread(() -> read(input), "coeval-chat-input");
    reader.setDaemon(true);
    reader.start();
    loop.run(ctrlC, new EventLoop.Plan(STEP, duration, this::step));
    try {
      chatPeer.leave();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    chatPeer.close();
    loop.drain();
    if (removed) {
      throw CommandFailedException.failure("the others have removed this peer");
    }
    if (!joined && !ctrlC.asked()) {
      throw CommandFailedException.failure("could not join: nobody answers at " + contacts);
    }
    view.left();
  }

  private void heard(Report report) {
    view.show(report);
    if (report instanceof GroupEvent.Joined) {
      joined = true;
      sayNext();
    } else if (report instanceof GroupEvent.Ended ended && !ended.ofItsOwn()) {
      removed = true;
      loop.finish();
    }
  }

  private void step() {
    ChatPeer talking = peer;
    if (talking != null) {
      talking.check();
    }
    sayNext();
    if (inputEnded && loop.elapsedNanos() >= JOIN_NANOS && !joined) {
      loop.finish();
    }
    if (!joined && loop.elapsedNanos() >= reminderNanos) {
      reminderNanos *= 2;
      view.notice("nobody answers yet at " + contacts);
    }
  }

  private void sayNext() {
    ChatPeer talking = peer;
    if (!joined || saying || talking == null) {
      return;
    }
    String line = waiting.poll();
    while (line != null && line.startsWith("/")) {
      command(line);
      line = waiting.poll();
    }
    if (line != null) {
      say(talking, line);
    } else if (inputEnded) {
      loop.finish();
    }
  }

  private void say(ChatPeer talking, String line) {
    saying = true;
    talking.say(line, answer -> loop.post(() -> answered(line, answer)));
  }

  private void answered(String line, BroadcastAnswer answer) {
    saying = false;
    switch (answer) {
      case SENT -> sayNext();
      case WINDOW_FULL -> waiting.addFirst(line); // tried again at the next step
      case TOO_LONG -> view.notice("that line is too long for one datagram: it is not said");
      case NOT_A_MEMBER -> view.notice("not in the group: it is not said");
    }
  }

  private void typed(String line) {
    String text = line.strip();
    if (text.equals("/quit")) {
      inputEnds();
    } else if (waiting.size() >= MAX_WAITING) {
      view.notice("too many lines are waiting: it is not said");
    } else if (!text.isEmpty() && !inputEnded) {
      waiting.add(text);
      sayNext();
    }
  }

  private void inputEnds() {
    inputEnded = true;
    sayNext();
  }

  private void command(String text) {
    if (text.equals("/who")) {
      view.who();
    } else if (text.startsWith("/remove ")) {
      remove(text.substring("/remove ".length()).strip());
    } else {
      view.notice("there are /who, /remove NAME and /quit");
    }
  }

  private void remove(String name) {
    Set<String> meant = view.meant(name);
    ChatPeer talking = peer;
    if (meant.size() != 1 || talking == null) {
      view.notice("/remove takes one of those whom /who names");
    } else {
      talking.remove(meant);
    }
  }

  private void read(Reader input) {
    try {
      BufferedReader lines = new BufferedReader(input);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String typed = line;
        loop.post(() -> typed(typed));
      }
    } catch (IOException e) {
      loop.post(() -> view.notice("the input cannot be read any more"));
    }
    loop.post(this::inputEnds);
  }
}
