package dev.coeval.sync.mutual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.berkeley.PaceConfig;
import dev.coeval.sync.berkeley.RoundConfig;
import dev.coeval.sync.discipline.Disciplined;
import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Responder;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.mutual.ReadingCodec.Read;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.sync.wire.FrameFormat;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.sync.wire.SharedKey;
import dev.coeval.time.ClockModel;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One node by itself: what it asks, answers, refuses and counts. */
final class MutualNodeTest {
  private static final long NOW = 1_793_534_400_000_000_000L; // a whole second
  private static final long SECOND = 1_000_000_000L;
  private static final List<PeerId> PEERS =
      List.of(PeerId.simulated(1), PeerId.simulated(2), PeerId.simulated(3));
  private static final Keyring KEYS =
      Keyring.required(
          List.of(
              SharedKey.of(
                  7, "a key that is long enough, is it".getBytes(StandardCharsets.UTF_8))));

  private final ClockModel clock =
      ClockModel.unsynchronized(new ClockReading(0, NOW, 0), 1_000_000);
  private final MutualConfig config = MutualConfig.tolerant(PEERS, 1, Duration.ofSeconds(1));
  private final ReadingCodec codec = new ReadingCodec(Keyring.empty());

  private MutualNode node(Keyring keyring) {
    return new MutualNode("m", config, () -> clock, keyring, 5);
  }

  private static ClockReading at(long tick) {
    return new ClockReading(tick, NOW + tick, 0);
  }

  private static List<Action.Send> sends(List<Action> actions) {
    return actions.stream()
        .filter(Action.Send.class::isInstance)
        .map(Action.Send.class::cast)
        .toList();
  }

  private Read readOf(Action.Send send) {
    return ((Decoded.Value<Read>) codec.decodeRead(send.payload())).value();
  }

  private ByteBuffer reply(Read read, long received, long sent) {
    ByteBuffer out = ByteBuffer.allocate(100);
    codec.encodeReading(out, read, true, body -> body.putLong(received).putLong(sent));
    return out.flip();
  }

  private List<Action.Send> firstRound(MutualNode node) {
    node.start(at(0));
    assertTrue(sends(node.onTimer(at(SECOND / 2), new TimerId("m", 0, 0))).isEmpty(), "early");
    return sends(node.onTimer(at(SECOND), new TimerId("m", MutualNode.ROUND, 0)));
  }

  @Test
  void shouldAskEveryPeerWhenItsClockShowsWholeInterval() {
    MutualNode node = node(Keyring.empty());
    List<Action.Send> sends = firstRound(node);
    assertEquals(PEERS, sends.stream().map(Action.Send::to).toList());
    assertEquals(3, sends.stream().map(send -> readOf(send).nonce()).distinct().count());
    assertTrue(sends.stream().allMatch(node::isRequest));
  }

  @Test
  void shouldTakeReplyOnceWhenItNamesOpenRequest() {
    MutualNode node = node(Keyring.empty());
    Action.Send asked = firstRound(node).get(0);
    ByteBuffer reply = reply(readOf(asked), NOW + SECOND, NOW + SECOND);
    List<Action> actions = node.onDatagram(at(SECOND + 500), PEERS.get(0), reply.duplicate());
    Measurement measurement = (Measurement) ((Action.Publish) actions.get(0)).report();
    assertEquals(SECOND, measurement.sentTickNanos());
    assertEquals(0, node.rejections().total());
    node.onDatagram(at(SECOND + 600), PEERS.get(0), reply.duplicate());
    assertEquals(1, node.rejections().get(Rejection.UNREQUESTED), "a duplicate");
  }

  @Test
  void shouldCountAndChangeNothingWhenReplyIsForged() {
    MutualNode node = node(Keyring.empty());
    List<Action.Send> asked = firstRound(node);
    Read first = readOf(asked.get(0));
    long good = NOW + SECOND;
    node.onDatagram(at(SECOND + 1), PEERS.get(1), reply(first, good, good));
    node.onDatagram(at(SECOND + 1), PEERS.get(0), reply(new Read(1, 0), good, good));
    assertEquals(2, node.rejections().get(Rejection.UNREQUESTED), "another's, and invented");
    node.onDatagram(at(SECOND + 1), PeerId.simulated(9), reply(first, good, good));
    assertEquals(1, node.rejections().get(Rejection.UNKNOWN_PEER));
    node.onDatagram(at(SECOND + 1), PEERS.get(0), asked.get(0).payload());
    assertEquals(1, node.rejections().get(Rejection.UNEXPECTED_TYPE));
    node.onDatagram(at(SECOND + 1), PEERS.get(0), reply(first, good, good).limit(20));
    assertEquals(1, node.rejections().get(Rejection.TOO_SHORT));
    node.onDatagram(at(SECOND + 1), PEERS.get(0), reply(first, good, good - 1));
    assertEquals(1, node.rejections().get(Rejection.BAD_STAMPS), "left before it came");
    Read second = readOf(asked.get(1));
    node.onDatagram(at(SECOND + 1), PEERS.get(1), reply(second, good, good + SECOND));
    assertEquals(2, node.rejections().get(Rejection.BAD_STAMPS), "a negative delay");
    List<Action> end = node.onTimer(at(SECOND + SECOND / 2), new TimerId("m", 1, 0));
    Disciplined done =
        end.stream()
            .filter(Action.Publish.class::isInstance)
            .map(action -> ((Action.Publish) action).report())
            .filter(Disciplined.class::isInstance)
            .map(Disciplined.class::cast)
            .findFirst()
            .orElseThrow();
    assertEquals(NOW + SECOND + SECOND / 2, done.estimate().epochNanos(), "silence moves nobody");
    assertFalse(done.estimate().bounds().isBounded());
  }

  @Test
  void shouldRefuseWhatIsNotAuthenticatedWhenGroupHasKey() {
    MutualNode node = node(KEYS);
    Action.Send asked = firstRound(node).get(0);
    Read read = ((Decoded.Value<Read>) new ReadingCodec(KEYS).decodeRead(asked.payload())).value();
    assertEquals(7, read.keyId());
    ByteBuffer plain = reply(new Read(read.nonce(), 0), NOW + SECOND, NOW + SECOND);
    node.onDatagram(at(SECOND + 1), PEERS.get(0), plain);
    assertEquals(1, node.rejections().get(Rejection.NOT_AUTHENTICATED));
    int length =
        node.respond(at(1), PEERS.get(0), codec.encode(new Read(1, 0)), plain.clear(), () -> 1);
    assertEquals(Responder.SILENT, length);
  }

  @Test
  void shouldAnswerAtRequestsLengthWhenAsked() {
    MutualNode node = node(Keyring.empty());
    node.start(at(0));
    ByteBuffer request = codec.encode(new Read(77, 0));
    ByteBuffer reply = ByteBuffer.allocate(request.remaining());
    int length = node.respond(at(10), PEERS.get(0), request, reply, () -> 25);
    assertEquals(request.remaining(), length);
    ReadingCodec.Reading reading =
        ((Decoded.Value<ReadingCodec.Reading>) codec.decodeReading(reply.flip())).value();
    assertEquals(77, reading.read().nonce());
    assertEquals(NOW + 10, reading.receivedEpochNanos());
    assertEquals(NOW + 25, reading.sentEpochNanos());
    assertFalse(reading.isSettled());
    assertEquals(
        Responder.NOT_MINE,
        node.respond(at(10), PEERS.get(0), reply, ByteBuffer.allocate(99), () -> 25));
    ByteBuffer bent = codec.encode(new Read(77, 0));
    bent.put(FrameFormat.HEADER_BYTES, (byte) 1);
    assertEquals(
        Responder.SILENT,
        node.respond(at(10), PEERS.get(0), bent, ByteBuffer.allocate(99), () -> 25));
    assertEquals(1, node.rejections().get(Rejection.MALFORMED), "padding that is not");
  }

  @Test
  void shouldAskAgainButNotForEverWhenNobodyAnswers() {
    MutualNode node = node(Keyring.empty());
    int asked = firstRound(node).size();
    for (int i = 1; i < 40; i++) {
      asked += sends(node.onTimer(at(SECOND + i), new TimerId("m", MutualNode.RETRY, 0))).size();
    }
    assertEquals(3 + config.rounds().maxPolls() - 1, asked);
    assertTrue(sends(node.onTimer(at(SECOND), new TimerId("m", MutualNode.RETRY, 99))).isEmpty());
  }

  @Test
  void shouldRefuseConfigurationWhenItIsOutOfRange() {
    Duration interval = Duration.ofSeconds(1);
    List<PeerId> many = IntStream.rangeClosed(1, 65).mapToObj(PeerId::simulated).toList();
    List<PeerId> twice = List.of(PEERS.get(0), PEERS.get(0));
    assertThrows(IllegalArgumentException.class, () -> MutualConfig.averaging(many, interval));
    assertThrows(IllegalArgumentException.class, () -> MutualConfig.averaging(List.of(), interval));
    assertThrows(IllegalArgumentException.class, () -> MutualConfig.averaging(twice, interval));
    assertThrows(IllegalArgumentException.class, () -> MutualConfig.tolerant(PEERS, 2, interval));
    assertThrows(IllegalArgumentException.class, () -> config.with(PaceConfig.defaults()));
    assertThrows(IllegalArgumentException.class, () -> new WelchLynch(-1));
    assertThrows(IllegalArgumentException.class, () -> new Gradient(10, 5, 1, 100));
    assertThrows(IllegalArgumentException.class, () -> new WelchLynch(1).adjust(new long[2]));
    assertTrue(config.isTolerant());
    assertFalse(MutualConfig.tolerant(PEERS.subList(0, 2), 1, interval).isTolerant());
    assertEquals(
        2, config.with(RoundConfig.every(Duration.ofSeconds(2))).rounds().intervalNanos() / SECOND);
  }
}
