package dev.coeval.sync.cristian;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a client stands with one server: which attempt of a synchronization it is at, which request
 * is open, and when it goes on. At most one request is open.
 */
final class ServerPoll {

  /** Readings that took too long and wait for one that did not; older ones are forgotten. */
  private static final int MAX_HELD = 16;

  final PeerId server;
  final int index;

  /** When the timer is due: the next attempt, or the next synchronization. */
  long dueTick;

  private @Nullable Request open;
  private int attempts;
  private int unanswered;
  private @Nullable Rejection refusal;
  private @Nullable String unreachable;
  private boolean heard;
  private long startTick;
  private boolean rapport;
  private int readings;
  private int silences;
  private long lastHeardTick;
  private final List<Measurement> held = new ArrayList<>();

  ServerPoll(PeerId server, int index) {
    this.server = server;
    this.index = index;
  }

  /** A request that waits for its reply. T1 is when it was decided on, until the runtime says. */
  static final class Request {
    final long nonce;
    final long sequence;
    private final long decidedTick;
    private long sentTick;

    Request(long nonce, long sequence, long decidedTick) {
      this.nonce = nonce;
      this.sequence = sequence;
      this.decidedTick = decidedTick;
      this.sentTick = decidedTick;
    }

    /** A stamp from before the decision cannot be this request's. */
    void sent(long tick) {
      sentTick = Math.max(decidedTick, tick);
    }

    /** T1: never after T4, so a stamp that is falls back to the decision, which is safe. */
    long sentTick(long receivedTick) {
      return sentTick <= receivedTick ? sentTick : decidedTick;
    }
  }

  @Nullable Request open() {
    return open;
  }

  void open(Request request, long tick) {
    if (attempts == 0) {
      begin(tick);
    }
    attempts++;
    open = request;
  }

  /** The open request got no reply in time, if there is one. */
  void giveUp() {
    if (open != null) {
      unanswered++;
      open = null;
    }
  }

  /** The open request was answered, but not well. */
  void refuse(Rejection reason) {
    refusal = reason;
    open = null;
  }

  /** A reading that is too coarse, though true. */
  void hold(Measurement measurement) {
    if (held.size() == MAX_HELD) {
      held.remove(0);
    }
    held.add(measurement);
  }

  void hear(long tick) {
    heard = true;
    silences = 0;
    lastHeardTick = tick;
  }

  /** What the network or the server's host said; kept for the reason of a failure. */
  void unreachable(String reason) {
    unreachable = reason;
  }

  /** The synchronization has succeeded; returns the readings held back until now. */
  List<Measurement> succeed(long tick) {
    hear(tick);
    List<Measurement> coarse = List.copyOf(held);
    held.clear();
    open = null;
    attempts = 0;
    rapport = true;
    readings++;
    return coarse;
  }

  /** The synchronization has failed. */
  ReadingFailed fail() {
    ReadingFailed failure = new ReadingFailed(server, attempts, unanswered, reason());
    open = null;
    attempts = 0;
    if (!heard) {
      silences++;
    }
    return failure;
  }

  /** What was known is void: begin as with a server never asked. */
  void forget() {
    open = null;
    attempts = 0;
    rapport = false;
    readings = 0;
    held.clear();
  }

  /** Whether a synchronization is under way. */
  boolean isTrying() {
    return attempts > 0;
  }

  boolean hasAttemptsLeft(int limit) {
    return attempts < limit;
  }

  /** Whether anything of use was heard in this synchronization. */
  boolean wasHeard() {
    return heard;
  }

  /** Whether a reading was good enough since the beginning, so that coarser ones may add to it. */
  boolean hasRapport() {
    return rapport;
  }

  int readings() {
    return readings;
  }

  /** How many synchronizations in a row nothing of use was heard. */
  int silences() {
    return silences;
  }

  long startTick() {
    return startTick;
  }

  /** For how long there has been nothing of use; 0 if there never was anything. */
  long silentNanos(long tick) {
    return rapport ? tick - lastHeardTick : 0;
  }

  private void begin(long tick) {
    startTick = tick;
    unanswered = 0;
    refusal = null;
    unreachable = null;
    heard = false;
  }

  private String reason() {
    String silence = unreachable == null ? "no reply" : "no reply: " + unreachable;
    if (refusal == null) {
      return silence;
    }
    String refused = "refused: " + refusal;
    return unanswered == 0 ? refused : refused + "; " + unanswered + " times " + silence;
  }
}
