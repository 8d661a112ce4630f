package dev.coeval.sync.cristian;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.measure.Rejected;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Plays the network and the servers for one client, event by event. The client's ticks run true;
 * the servers' time is ticks plus {@link #OFFSET}, unless a test says otherwise.
 */
final class Desk {
  static final long OFFSET = 1_700_000_000_000_000_000L;
  static final long MILLI = 1_000_000L;

  final CristianClient client;
  private final CristianCodec codec;
  private final Map<TimerId, Long> timers = new HashMap<>();
  long tick = 5_000_000_000L;
  long wallOffset = OFFSET - 300 * MILLI;
  final List<Action.Send> sends = new ArrayList<>();
  final List<Report> reports = new ArrayList<>();

  Desk(CristianConfig config) {
    client = new CristianClient(config);
    codec = new CristianCodec(config.keyring());
    carryOut(client.start(now()));
  }

  ClockReading now() {
    return new ClockReading(tick, tick + wallOffset, 0);
  }

  void carryOut(List<Action> actions) {
    for (Action action : actions) {
      if (action instanceof Action.Send send) {
        sends.add(send);
      } else if (action instanceof Action.SetTimer set) {
        timers.put(set.timer(), set.atTickNanos());
      } else if (action instanceof Action.Publish publish) {
        reports.add(publish.report());
      }
    }
  }

  /** The last request sent to a server. */
  CristianRequest request(PeerId server) {
    Action.Send last = null;
    for (Action.Send send : sends) {
      last = send.to().equals(server) ? send : last;
    }
    return ((Decoded.Value<CristianRequest>) codec.decodeRequest(last.payload())).value();
  }

  void receive(PeerId from, CristianReply reply) {
    receive(from, bytes(codec, reply));
  }

  void receive(PeerId from, ByteBuffer datagram) {
    carryOut(client.onDatagram(now(), from, datagram.asReadOnlyBuffer()));
  }

  static ByteBuffer bytes(CristianCodec codec, CristianReply reply) {
    ByteBuffer out = ByteBuffer.allocate(CristianCodec.MAX_BYTES);
    codec.encode(out, reply);
    return out.flip();
  }

  /** What a true server of a given error answers now, having got the request so long ago. */
  CristianReply reply(PeerId server, long tookNanos, long errorNanos) {
    long time = tick + OFFSET;
    return new CristianReply(request(server), time - tookNanos, time, errorNanos, true);
  }

  /** One exchange: the request takes so long, and the reply takes so long. */
  void exchange(PeerId server, long forwardNanos, long backwardNanos, long errorNanos) {
    tick += forwardNanos;
    CristianReply reply = reply(server, 0, errorNanos);
    tick += backwardNanos;
    receive(server, reply);
  }

  /** Lets ticks pass to the next timer, and fires it. */
  void toNextTimer() {
    TimerId next = null;
    for (Map.Entry<TimerId, Long> timer : timers.entrySet()) {
      next = next == null || timer.getValue() < timers.get(next) ? timer.getKey() : next;
    }
    tick = Math.max(tick, timers.remove(next));
    carryOut(client.onTimer(now(), next));
  }

  long nextTimer() {
    return timers.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
  }

  /** Forgets what was sent and reported until now. */
  void forget() {
    sends.clear();
    reports.clear();
  }

  <T extends Report> List<T> reports(Class<T> type) {
    return reports.stream().filter(type::isInstance).map(type::cast).toList();
  }

  <T extends Report> T last(Class<T> type) {
    List<T> all = reports(type);
    return all.get(all.size() - 1);
  }

  void assertRejected(PeerId from, Rejection reason) {
    assertEquals(new Rejected(from, reason), last(Rejected.class));
  }

  static CristianCodec codec(Keyring keyring) {
    return new CristianCodec(keyring);
  }
}
