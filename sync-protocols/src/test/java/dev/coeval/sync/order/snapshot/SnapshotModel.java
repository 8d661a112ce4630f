package dev.coeval.sync.order.snapshot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.order.Explorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A system of {@link AppState} with recorders beside it, and any interleaving of sending,
 * delivering and beginning a snapshot. Channels are FIFO, or deliver whatever they want.
 */
final class SnapshotModel implements Explorer.State<SnapshotModel> {

  /** What is in a channel: a message of the application, by its number there, or a marker. */
  private record Item(int number, SortedMap<String, Long> colour, Marker marker) {
    @Override
    public String toString() {
      return marker == null ? number + "" + colour : "m" + marker.id() + marker.sentBefore();
    }
  }

  /** How a state was reached. */
  private record Trail(Trail before, String what) {
    @Override
    public String toString() {
      return (before == null ? "" : before + "; ") + what;
    }
  }

  private final boolean fifo;
  private AppState app;
  private final Recorder[] recorders;
  private final List<List<Item>> channels; // from * n + to
  private final int[] beginsLeft;

  /** By snapshot: how the system was when it was begun, and the parts so far. */
  private final TreeMap<SnapshotId, AppState> begun = new TreeMap<>();

  private final TreeMap<SnapshotId, TreeMap<String, LocalSnapshot>> parts = new TreeMap<>();
  private Trail trail;

  SnapshotModel(SnapshotAlgorithm algorithm, boolean fifo, AppState app, int... begins) {
    this.fifo = fifo;
    this.app = app;
    recorders = new Recorder[app.size()];
    channels = new ArrayList<>(Collections.nCopies(app.size() * app.size(), List.of()));
    beginsLeft = begins;
    for (int i = 0; i < recorders.length; i++) {
      List<String> others = new ArrayList<>(AppState.names(app.size()));
      others.remove(i);
      recorders[i] = algorithm.newRecorder(others);
    }
  }

  private SnapshotModel(SnapshotModel like) {
    fifo = like.fifo;
    app = like.app;
    recorders = like.recorders.clone();
    channels = new ArrayList<>(like.channels);
    beginsLeft = like.beginsLeft.clone();
    begun.putAll(like.begun);
    like.parts.forEach((id, each) -> parts.put(id, new TreeMap<>(each)));
    trail = like.trail;
  }

  private String trail() {
    return "" + trail;
  }

  /** S5: at the end every snapshot has all its parts. */
  void checkEnd() {
    assertEquals(begun.keySet(), parts.keySet(), this::trail);
    parts.forEach((id, each) -> assertEquals(app.size(), each.size(), this::trail));
  }

  @Override
  public List<SnapshotModel> next() {
    List<SnapshotModel> next = new ArrayList<>();
    for (int i = 0; i < recorders.length; i++) {
      if (app.canSend(i)) {
        next.add(new SnapshotModel(this).send(i));
      }
      if (beginsLeft[i] > 0 && isOver(i)) {
        next.add(new SnapshotModel(this).begin(i));
      }
    }
    for (int i = 0; i < channels.size(); i++) {
      int choices = fifo ? Math.min(1, channels.get(i).size()) : channels.get(i).size();
      for (int at = 0; at < choices; at++) {
        next.add(new SnapshotModel(this).deliver(i, at));
      }
    }
    return next;
  }

  /** An initiator waits for all parts of one before it begins another. */
  private boolean isOver(int initiator) {
    return begun.keySet().stream()
        .filter(id -> id.initiator().equals(name(initiator)))
        .allMatch(id -> parts.containsKey(id) && parts.get(id).size() == app.size());
  }

  private SnapshotModel send(int from) {
    int to = app.scripts[from][app.sent[from]];
    int number = Integer.bitCount(app.sentBits(from, to));
    recorders[from] = recorders[from].copy();
    post(from, to, new Item(number, recorders[from].sending(name(to)), null));
    app = app.send(from);
    trail = new Trail(trail, name(from) + " sends to " + name(to));
    return this;
  }

  private SnapshotModel begin(int process) {
    beginsLeft[process]--;
    SnapshotId id =
        new SnapshotId(name(process), recorders[process].seen.getOrDefault(name(process), 0L) + 1);
    begun.put(id, app);
    trail = new Trail(trail, id + " begins");
    return act(process, recorder -> recorder.begin(id, () -> app.partOf(process)));
  }

  private SnapshotModel deliver(int channel, int at) {
    int from = channel / recorders.length;
    int to = channel % recorders.length;
    List<Item> shorter = new ArrayList<>(channels.get(channel));
    Item item = shorter.remove(at);
    channels.set(channel, List.copyOf(shorter));
    trail = new Trail(trail, name(to) + " gets " + item + " of " + name(from));
    if (item.marker() != null) {
      return act(
          to, recorder -> recorder.onMarker(name(from), item.marker(), () -> app.partOf(to)));
    }
    byte[] bytes = {(byte) item.number()};
    AppState before = app;
    app = before.receive(from, to, item.number());
    return act(
        to,
        recorder -> recorder.onMessage(name(from), item.colour(), bytes, () -> before.partOf(to)));
  }

  private SnapshotModel act(int process, Consumer<Recorder> what) {
    Recorder recorder = recorders[process].copy();
    recorders[process] = recorder;
    what.accept(recorder);
    for (Recorder.Outgoing out : recorder.takeOutgoing()) {
      int to = AppState.names(app.size()).indexOf(out.to());
      post(process, to, new Item(0, Recorder.colourless(), out.marker()));
    }
    for (LocalSnapshot part : recorder.takeComplete()) {
      parts.computeIfAbsent(part.id(), id -> new TreeMap<>()).put(name(process), part);
      if (parts.get(part.id()).size() == app.size()) {
        check(part.id());
      }
    }
    return this;
  }

  private void post(int from, int to, Item item) {
    int channel = from * recorders.length + to;
    List<Item> longer = new ArrayList<>(channels.get(channel));
    longer.add(item);
    channels.set(channel, List.copyOf(longer));
  }

  /** S1, S2 and S3 of a snapshot, the moment it is complete. */
  private void check(SnapshotId id) {
    List<LocalSnapshot> all = List.copyOf(parts.get(id).values());
    AppState recorded = app.of(all.stream().map(LocalSnapshot::state).toList());
    for (int to = 0; to < app.size(); to++) {
      for (int from = 0; from < app.size(); from++) {
        int sent = recorded.sentBits(from, to);
        int received = recorded.received[to][from];
        assertEquals(0, received & ~sent, this::trail); // S1
        List<byte[]> channel = all.get(to).channel(name(from));
        int found = 0;
        for (byte[] message : channel) {
          found |= 1 << message[0];
        }
        assertEquals(sent & ~received, found, this::trail); // S2
        assertEquals(Integer.bitCount(found), channel.size(), this::trail);
      }
    }
    assertTrue(begun.get(id).reaches(recorded), this::trail); // S3
    assertTrue(recorded.reaches(app), this::trail);
  }

  private String name(int process) {
    return AppState.names(app.size()).get(process);
  }

  @Override
  public String fingerprint() {
    StringBuilder text = new StringBuilder().append(app);
    for (Recorder recorder : recorders) {
      text.append(recorder);
    }
    PartCodec codec = new PartCodec(AppState.names(app.size()));
    parts.forEach(
        (id, each) -> {
          text.append(id);
          each.values().forEach(part -> text.append(new String(codec.encode(part), ISO_8859_1)));
        });
    return text.append(channels).append(begun).append(Arrays.toString(beginsLeft)).toString();
  }
}
