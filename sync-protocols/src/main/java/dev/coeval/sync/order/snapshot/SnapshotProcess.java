package dev.coeval.sync.order.snapshot;

import dev.coeval.sync.machine.Report;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.order.snapshot.Content.Application;
import dev.coeval.sync.order.snapshot.Content.GivenUp;
import dev.coeval.sync.order.snapshot.Content.Marked;
import dev.coeval.sync.order.snapshot.Content.Piece;
import dev.coeval.sync.order.snapshot.SnapshotAborted.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a process makes of contents, whatever brings them: lets the recorder see them, gives the
 * application its messages, sends parts to their initiators and collects those of its own.
 */
final class SnapshotProcess {

  /** The application's messages wait in a queue of at most so many a process. */
  static final int MAX_QUEUED_MESSAGES = 128;

  /** With so many contents waiting for some process, no part is taken in further snapshots. */
  static final int MAX_QUEUED = 512;

  final ProcessState state;
  private final SnapshotApplication application;
  private final ContentCodec codec;
  private final PartCodec parts;
  private final List<Report> reports = new ArrayList<>();
  private boolean changed;

  SnapshotProcess(SnapshotConfig config, SnapshotApplication application) {
    this.state = new ProcessState(config);
    this.application = application;
    this.codec = new ContentCodec(config.names());
    this.parts = new PartCodec(config.names());
  }

  void resume(byte[] checkpoint) {
    application.restore(CheckpointCodec.read(checkpoint, state));
  }

  byte[] checkpoint() {
    return CheckpointCodec.write(state, applicationState());
  }

  ContentCodec codec() {
    return codec;
  }

  /** Since the last call: whether there is something that must not be forgotten. */
  boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  void change() {
    changed = true;
  }

  List<Report> takeReports() {
    List<Report> taken = List.copyOf(reports);
    reports.clear();
    return taken;
  }

  boolean canSend(String to) {
    return state.channel(to).unsaved.size() < MAX_QUEUED_MESSAGES;
  }

  void send(String to, byte[] message) {
    post(to, new Application(state.recorder.sending(to), ByteBuffer.wrap(message)));
  }

  /** Begins a snapshot, unless one that this process began is not over. */
  Optional<SnapshotId> initiate() {
    if (state.collector.id != null) {
      return Optional.empty();
    }
    String self = state.config.self();
    long number = Math.addExact(state.recorder.seen.getOrDefault(self, 0L), 1);
    SnapshotId id = new SnapshotId(self, number);
    state.collector.begin(id);
    changed = true;
    if (hasRoom()) {
      state.recorder.begin(id, this::applicationState);
      afterRecorder();
    } else {
      abort(id, Reason.BACKLOG);
    }
    return Optional.of(id);
  }

  /** The snapshot that this process began takes too long. */
  void timeOut() {
    SnapshotId id = state.collector.id;
    if (id != null) {
      abort(id, Reason.TIMEOUT);
    }
  }

  /** Takes what another process said, once; or says why not. */
  @Nullable Rejection receive(String from, Content content) {
    changed = true;
    Rejection lie = null;
    if (content instanceof Application message) {
      SortedMap<String, Long> colour = new TreeMap<>(message.colour());
      if (colour.entrySet().removeIf(each -> isMadeUp(each.getKey(), each.getValue()))) {
        lie = Rejection.INCONSISTENT;
      }
      colour.forEach((who, number) -> admit(new SnapshotId(who, number)));
      state.recorder.onMessage(from, colour, message.bytes(), this::applicationState);
      application.receive(from, message.bytes());
    } else if (content instanceof Marked marked) {
      SnapshotId id = marked.marker().id();
      if (isMadeUp(id.initiator(), id.number())) {
        return Rejection.INCONSISTENT;
      }
      admit(id);
      state.recorder.onMarker(from, marked.marker(), this::applicationState);
    } else if (content instanceof Piece piece) {
      return onPiece(from, piece);
    } else if (content instanceof GivenUp givenUp) {
      return onGivenUp(from, givenUp);
    }
    afterRecorder();
    return lie;
  }

  /** Whether somebody names a snapshot of this process that it has not begun. */
  private boolean isMadeUp(String initiator, long number) {
    return initiator.equals(state.config.self())
        && number > state.recorder.seen.getOrDefault(initiator, 0L);
  }

  private @Nullable Rejection onPiece(String from, Piece piece) {
    if (!state.collector.isCollecting(piece.id())) {
      return piece.id().initiator().equals(state.config.self()) ? null : Rejection.INCONSISTENT;
    }
    boolean good = state.collector.put(from, piece);
    finishIfComplete();
    return good ? null : Rejection.INCONSISTENT;
  }

  private @Nullable Rejection onGivenUp(String from, GivenUp givenUp) {
    SnapshotId id = givenUp.id();
    if (id.initiator().equals(state.config.self())) {
      if (state.collector.isCollecting(id)) {
        abort(id, givenUp.reason());
      }
      return null;
    }
    if (!id.initiator().equals(from)) {
      return Rejection.INCONSISTENT;
    }
    state.recorder.abandon(id);
    return null;
  }

  /** Takes no part in a new snapshot if there is no room for what it would send. */
  private void admit(SnapshotId id) {
    if (state.recorder.isNew(id) && !hasRoom()) {
      decline(id, Reason.BACKLOG);
    }
  }

  private boolean hasRoom() {
    return state.channels.values().stream()
        .allMatch(channel -> channel.unsaved.size() < MAX_QUEUED);
  }

  private void decline(SnapshotId id, Reason reason) {
    if (id.initiator().equals(state.config.self())) {
      abort(id, reason);
      return;
    }
    state.recorder.abandon(id);
    if (state.channel(id.initiator()).unsaved.size() < 2 * MAX_QUEUED) {
      post(id.initiator(), new GivenUp(id, reason));
    }
  }

  private void abort(SnapshotId id, Reason reason) {
    reports.add(new SnapshotAborted(id, reason, state.collector.missing()));
    state.collector.clear();
    state.recorder.abandon(id);
    state.channels.forEach(
        (to, channel) -> {
          if (channel.unsaved.size() < MAX_QUEUED) { // else the next snapshot's marker tells it
            post(to, new GivenUp(id, reason));
          }
        });
  }

  private void afterRecorder() {
    for (Recording recording : List.copyOf(state.recorder.active.values())) {
      if (recording.size() > SnapshotNode.MAX_PART_BYTES) {
        decline(recording.id, Reason.TOO_LARGE);
      }
    }
    for (Recorder.Outgoing out : state.recorder.takeOutgoing()) {
      post(out.to(), new Marked(out.marker()));
    }
    for (LocalSnapshot part : state.recorder.takeComplete()) {
      if (state.collector.isCollecting(part.id())) {
        state.collector.put(state.config.self(), part);
        finishIfComplete();
      } else if (!part.id().initiator().equals(state.config.self())) {
        sendPart(part);
      }
    }
  }

  private void sendPart(LocalSnapshot part) {
    byte[] bytes = parts.encode(part);
    int size = ContentCodec.PIECE_BYTES;
    int count = (bytes.length + size - 1) / size;
    for (int i = 0; i < count; i++) {
      byte[] piece = Arrays.copyOfRange(bytes, i * size, Math.min(bytes.length, (i + 1) * size));
      post(part.id().initiator(), new Piece(part.id(), i, count, ByteBuffer.wrap(piece)));
    }
  }

  private void finishIfComplete() {
    SnapshotId id = state.collector.id;
    if (id != null && state.collector.missing().isEmpty()) {
      reports.add(new SnapshotTaken(new GlobalSnapshot(id, state.collector.parts)));
      state.collector.clear();
    }
  }

  private void post(String to, Content content) {
    changed = true;
    state.channel(to).add(codec.encode(content));
  }

  private byte[] applicationState() {
    byte[] bytes = application.state();
    if (bytes.length > SnapshotNode.MAX_STATE_BYTES) {
      throw new IllegalStateException("a state of " + bytes.length + " bytes is too large");
    }
    return bytes;
  }
}
